package dev.lakewright.logstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.storage.CloseableIterator;
import io.delta.storage.LogStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** What Delta expects of a log store, and what two writers need. */
abstract class LogStoreContract {

  abstract LogStore store();

  abstract Configuration configuration();

  /** A folder of the test's own. */
  abstract Path log();

  Path commit(long version) {
    return new Path(log(), "%020d.json".formatted(version));
  }

  void write(Path path, boolean overwrite, String... lines) throws IOException {
    store().write(path, List.of(lines).iterator(), overwrite, configuration());
  }

  List<String> read(Path path) throws IOException {
    List<String> lines = new ArrayList<>();
    try (CloseableIterator<String> found = store().read(path, configuration())) {
      found.forEachRemaining(lines::add);
    }
    return lines;
  }

  List<String> namesFrom(Path path) throws IOException {
    List<String> names = new ArrayList<>();
    store().listFrom(path, configuration()).forEachRemaining(f -> names.add(f.getPath().getName()));
    return names;
  }

  @Test
  void commitsReadBackAsTheirLines() throws IOException {
    write(commit(0), false, "{\"add\": \"ä\"}", "{}");
    assertThat(read(commit(0))).containsExactly("{\"add\": \"ä\"}", "{}");
  }

  @Test
  void takenVersionIsRefusedAndKept() throws IOException {
    write(commit(0), false, "first");
    assertThatThrownBy(() -> write(commit(0), false, "second"))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining(commit(0).getName());
    assertThat(read(commit(0))).containsExactly("first");
  }

  @Test
  void overwritingReplaces() throws IOException {
    Path pointer = new Path(log(), "_last_checkpoint");
    write(pointer, true, "one");
    write(pointer, true, "two");
    assertThat(read(pointer)).containsExactly("two");
  }

  @Test
  void listingIsAscendingFromTheFirstName() throws IOException {
    for (int version : new int[] {3, 0, 2, 1}) {
      write(commit(version), false, "x");
    }
    assertThat(namesFrom(commit(1)))
        .containsExactly(commit(1).getName(), commit(2).getName(), commit(3).getName());
    assertThat(namesFrom(commit(4))).isEmpty();
  }

  @Test
  void listingOfNoLogIsRefused() {
    Path nowhere = new Path(new Path(log(), "nowhere"), commit(0).getName());
    assertThatThrownBy(() -> namesFrom(nowhere)).isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void writerThatFailsLeavesNothing() throws IOException {
    Iterator<String> failing =
        new Iterator<>() {
          private int line;

          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public String next() {
            if (line++ == 20_000) {
              throw new IllegalStateException("out of order");
            }
            return "0123456789";
          }
        };
    assertThatThrownBy(() -> store().write(commit(0), failing, false, configuration()))
        .hasMessageContaining("out of order");
    FileSystem files = log().getFileSystem(configuration());
    assertThat(files.exists(commit(0))).isFalse();
    write(commit(0), false, "next");
    assertThat(namesFrom(commit(0))).containsExactly(commit(0).getName());
  }

  @Test
  void ofManyWritersOneWins() throws Exception {
    int writers = 8;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      for (int version = 0; version < 10; version++) {
        Path path = commit(version);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Integer>> outcomes = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
          String line = "writer " + writer;
          Callable<Integer> write =
              () -> {
                start.await();
                try {
                  write(path, false, line);
                  return 1;
                } catch (FileAlreadyExistsException e) {
                  return 0;
                }
              };
          outcomes.add(threads.submit(write));
        }
        start.countDown();
        List<Integer> won = new ArrayList<>();
        for (Future<Integer> outcome : outcomes) {
          won.add(outcome.get());
        }
        assertThat(won).containsOnlyOnce(1);
        assertThat(read(path)).containsExactly("writer " + won.indexOf(1));
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
