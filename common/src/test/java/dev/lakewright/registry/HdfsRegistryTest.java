package dev.lakewright.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lakewright.errors.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The registry on HDFS: a name node and a data node in this JVM. */
class HdfsRegistryTest {

  private static final int WRITERS = 8;

  @TempDir static Path folder;

  private static MiniDFSCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    cluster.waitActive();
  }

  @AfterAll
  static void stop() {
    cluster.shutdown();
  }

  private static String root(TestInfo test) {
    return cluster.getURI() + "/" + test.getTestMethod().orElseThrow().getName();
  }

  private static Registry registry(TestInfo test) {
    return Registry.open(root(test), Map.of());
  }

  private static ModelVersion publish(Registry registry, String content) {
    return registry.publish(
        "spam", number -> RegistryTest.files(content), JsonNodeFactory.instance.objectNode());
  }

  /** What all writers return when they are let go at once, each with a client of its own. */
  private static <T> List<T> atOnce(TestInfo test, Writer<T> writer) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int place = i;
        calls.add(() -> writer.write(registry(test), place));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdown();
    }
  }

  private interface Writer<T> {
    T write(Registry registry, int place) throws Exception;
  }

  @Test
  void ofManyCreatorsOfAFileOneSucceedsAndAllOfItIsThere(TestInfo test) throws Exception {
    ObjectStore store = ObjectStores.open(root(test), Map.of());
    for (int round = 0; round < 10; round++) {
      String path = "files/" + round;
      List<Boolean> created =
          atOnce(
              test,
              (registry, place) ->
                  ObjectStores.open(root(test), Map.of())
                      .putIfAbsent(
                          path, ("writer " + place).repeat(1000).getBytes(StandardCharsets.UTF_8)));
      assertThat(created).containsOnlyOnce(true);
      String winner = "writer " + created.indexOf(true);
      assertThat(store.read(path)).asString(StandardCharsets.UTF_8).isEqualTo(winner.repeat(1000));
    }
    assertThat(store.list("files")).hasSize(10);
  }

  @Test
  void manyPublishersLoseNoVersion(TestInfo test) throws Exception {
    atOnce(
        test,
        (registry, place) -> {
          for (int i = 0; i < 4; i++) {
            publish(registry, place + "-" + i);
          }
          return place;
        });
    Registry registry = registry(test);
    assertThat(registry.versions("spam"))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 4 * WRITERS).boxed().toList());
    assertThat(registry.versions("spam"))
        .extracting(number -> registry.version("spam", number).checksum())
        .doesNotHaveDuplicates();
    assertThat(registry.versions("spam"))
        .allSatisfy(number -> assertThat(registry.verify("spam", number)).isEmpty());
  }

  @Test
  void ofManyWhoMoveAnAliasFromOneVersionOneSucceeds(TestInfo test) throws Exception {
    Registry registry = registry(test);
    IntStream.rangeClosed(0, WRITERS).forEach(i -> publish(registry, "v" + i));
    registry.promote("spam", "champion", 1, "first");
    List<Integer> moved =
        atOnce(
            test,
            (own, place) -> {
              try {
                return own.promoteAfter(1, "spam", "champion", place + 2, "better").version();
              } catch (StorageException movedMeanwhile) {
                return 0;
              }
            });
    assertThat(moved).filteredOn(version -> version > 0).hasSize(1);
    assertThat(registry.history("spam", "champion")).hasSize(2);
    assertThat(moved).contains(registry.resolve("spam", "champion").number());
    assertThat(registry.rollback("spam", "champion", "worse").version()).isEqualTo(1);
  }

  @Test
  void filesMoveToTheirNextNumberAndOldVersionsGo(TestInfo test) {
    ObjectStore store = ObjectStores.open(root(test), Map.of());
    store.write("a/b", new byte[] {1});
    assertThat(store.move("a/b", "c/d/e")).isTrue();
    assertThat(store.move("a/b", "c/d/f")).isFalse();
    assertThat(store.read("c/d/e")).containsExactly(1);
    assertThat(store.exists("a/b")).isFalse();

    Registry registry = registry(test);
    IntStream.rangeClosed(1, 4).forEach(i -> publish(registry, "v" + i));
    registry.promote("spam", "champion", 2, "");
    Retention retention = registry.retention();
    assertThat(retention.apply(retention.plan("spam", 1)).removed()).containsExactly(1, 3);
    assertThat(registry.versions("spam")).containsExactly(2, 4);
    assertThat(registry.load("spam", "champion", List.of("model.json")).files()).hasSize(1);
    assertThatThrownBy(() -> store.read("spam/versions/9/manifest.json"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("is missing");
  }
}
