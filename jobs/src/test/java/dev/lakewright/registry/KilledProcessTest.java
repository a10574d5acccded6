package dev.lakewright.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.s3.OtherJvm;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real processes, ended by SIGKILL while others write. */
class KilledProcessTest {

  static Stream<Stores> stores() {
    return Stores.all();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void registryStaysSoundAndOthersGoOn(Stores stores) throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    Registry registry = stores.registry();
    int killed = 0;
    Process survivor = start(stores);
    try {
      while (killed < Figures.killedProcesses()) {
        int before = latest(registry);
        Process victim = start(stores);
        awaitVersion(registry, before + 4, survivor, victim);
        Thread.sleep(random.nextInt(400));
        // the one that has run for longer goes, the younger one goes on
        survivor.destroyForcibly().waitFor();
        killed++;
        survivor = victim;
      }
    } finally {
      survivor.destroyForcibly().waitFor();
    }
    killed++;
    Soundness.check(registry);
    int latest = latest(registry);
    assertThat(Stores.publish(registry, "next").number()).isEqualTo(latest + 1);
    assertThat(registry.promote("spam", "champion", latest + 1, "next").version())
        .isEqualTo(latest + 1);
    Retention retention = registry.retention();
    RetentionPlan plan = retention.plan("spam", 2);
    assertThat(retention.apply(plan).deferred()).isEmpty();
    Soundness.check(registry);
    Soundness.checkNumbers(registry);
    Figures.record(
        "{\"store\": \"%s\", \"killed_processes\": %d, \"versions\": %d}",
        stores, killed, latest + 1);
  }

  private static Process start(Stores stores) throws IOException {
    return OtherJvm.start(RestlessPublisher.class, List.of("-Xmx256m"), stores.words());
  }

  private static int latest(Registry registry) {
    List<Integer> versions = registry.versions("spam");
    return versions.isEmpty() ? 0 : versions.get(versions.size() - 1);
  }

  private static void awaitVersion(Registry registry, int number, Process... processes)
      throws InterruptedException {
    for (int attempt = 0; latest(registry) < number; attempt++) {
      assertThat(attempt).as("versions are published").isLessThan(1200);
      for (Process process : processes) {
        assertThat(process.isAlive()).as("publishers go on").isTrue();
      }
      Thread.sleep(50);
    }
  }
}
