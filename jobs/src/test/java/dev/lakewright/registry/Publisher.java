package dev.lakewright.registry;

import java.util.ArrayList;
import java.util.List;

/** A process of publishers: THREADS VERSIONS ROOT [KEY=VALUE]... */
public final class Publisher {

  private Publisher() {}

  public static void main(String[] words) throws InterruptedException {
    int threads = Integer.parseInt(words[0]);
    int versions = Integer.parseInt(words[1]);
    List<Thread> publishers = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int first = t;
      Thread publisher =
          new Thread(
              () -> {
                Registry registry = Stores.open(words, 2);
                for (int i = first; i < versions; i += threads) {
                  Stores.publish(registry, ProcessHandle.current().pid() + "-" + i);
                }
              });
      publisher.setUncaughtExceptionHandler(
          (thread, failure) -> {
            failure.printStackTrace();
            synchronized (failures) {
              failures.add(failure);
            }
          });
      publishers.add(publisher);
      publisher.start();
    }
    for (Thread publisher : publishers) {
      publisher.join();
    }
    System.exit(failures.isEmpty() ? 0 : 1);
  }
}
