package dev.lakewright.registry;

import dev.lakewright.errors.LakewrightException;

/**
 * A process that publishes, promotes and removes without end, until it is killed: ROOT
 * [KEY=VALUE]...
 */
public final class RestlessPublisher {

  private RestlessPublisher() {}

  public static void main(String[] words) {
    Registry registry = Stores.open(words, 0);
    for (int i = 0; ; i++) {
      ModelVersion version = Stores.publish(registry, ProcessHandle.current().pid() + "-" + i);
      try {
        registry.promote("spam", "champion", version.number(), "newer");
      } catch (LakewrightException lostRace) {
        // another process was first, or has removed the version already
        continue;
      }
      Retention retention = registry.retention();
      retention.apply(retention.plan("spam", 3));
    }
  }
}
