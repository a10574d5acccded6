package dev.lakewright.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.s3.OtherJvm;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** 16 publishers in two processes. */
class ManyPublishersTest {

  static Stream<Stores> stores() {
    return Stores.all();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void noVersionIsLostOrTorn(Stores stores) throws Exception {
    int each = Figures.publishes() / 2;
    long start = System.nanoTime();
    List<Process> processes = List.of(start(stores, each), start(stores, each));
    for (Process process : processes) {
      assertThat(process.waitFor(600, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    }
    double seconds = (System.nanoTime() - start) / 1e9;

    Registry registry = stores.registry();
    assertThat(registry.versions("spam"))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 2 * each).boxed().toList());
    Set<String> contents = new HashSet<>();
    for (int number : registry.versions("spam")) {
      contents.add(registry.version("spam", number).facts().path("content").asText());
    }
    assertThat(contents).hasSize(2 * each);
    Soundness.check(registry);
    Figures.record(
        "{\"store\": \"%s\", \"publishes\": %d, \"versions\": %d, \"seconds\": %.1f}",
        stores, 2 * each, contents.size(), seconds);
  }

  private static Process start(Stores stores, int versions) throws Exception {
    return OtherJvm.start(
        Publisher.class, List.of("-Xmx512m"), stores.words("8", Integer.toString(versions)));
  }
}
