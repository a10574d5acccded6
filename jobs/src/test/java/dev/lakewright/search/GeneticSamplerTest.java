package dev.lakewright.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** JGAP behind ask and tell. */
class GeneticSamplerTest {

  private static final SearchSpace SPACE = Spaces.reals(3, -5, 5);

  private static double sphere(Map<String, Object> point) {
    return point.keySet().stream().mapToDouble(key -> Math.pow(Spaces.real(point, key), 2)).sum();
  }

  private static List<Double> generation(Sampler sampler) {
    List<Double> losses = new ArrayList<>();
    for (Map<String, Object> point : sampler.ask(1000)) {
      losses.add(sphere(point));
      sampler.tell(point, sphere(point));
    }
    return losses;
  }

  private static List<Double> generations(Sampler sampler, int count) {
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      losses.addAll(generation(sampler));
    }
    return losses;
  }

  private static double least(List<Double> losses) {
    return losses.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  @Test
  void improvesFromGenerationToGeneration() {
    double[] ratios =
        LongStream.range(0, 9)
            .mapToObj(seed -> generations(new GeneticSampler(SPACE, seed, 20), 15))
            .mapToDouble(losses -> least(losses) / least(losses.subList(0, 20)))
            .sorted()
            .toArray();
    assertThat(ratios[8]).isLessThan(1);
    assertThat(ratios[4]).isLessThan(0.2);
  }

  @Test
  void aGenerationWaitsForItsResults() {
    GeneticSampler sampler = new GeneticSampler(SPACE, 3, 20);
    List<Map<String, Object>> first = sampler.ask(100);
    assertThat(first).hasSize(20);
    assertThat(sampler.ask(1)).isEmpty();
    first.subList(1, 20).forEach(point -> sampler.tell(point, sphere(point)));
    assertThat(sampler.ask(1)).isEmpty();
    sampler.tell(first.get(0), Double.NaN);
    assertThat(sampler.ask(1)).hasSize(1);
  }

  @Test
  void searchesInTurnDoNotMixOnOneThread() {
    List<Double> alone = generations(new GeneticSampler(SPACE, 1, 10), 6);
    List<Double> other = generations(new GeneticSampler(Spaces.reals(2, 0, 9), 2, 14), 6);
    GeneticSampler one = new GeneticSampler(SPACE, 1, 10);
    GeneticSampler two = new GeneticSampler(Spaces.reals(2, 0, 9), 2, 14);
    List<Double> ofOne = new ArrayList<>();
    List<Double> ofTwo = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      ofOne.addAll(generation(one));
      ofTwo.addAll(generation(two));
    }
    assertThat(ofOne).isEqualTo(alone);
    assertThat(ofTwo).isEqualTo(other);
  }

  @Test
  void searchesOnTwoThreadsDoNotMix() throws Exception {
    List<Double> alone = generations(new GeneticSampler(SPACE, 1, 10), 6);
    List<Double> other = generations(new GeneticSampler(SPACE, 2, 14), 6);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<List<Double>> one =
          threads.submit(() -> generations(new GeneticSampler(SPACE, 1, 10), 6));
      Future<List<Double>> two =
          threads.submit(() -> generations(new GeneticSampler(SPACE, 2, 14), 6));
      assertThat(one.get()).isEqualTo(alone);
      assertThat(two.get()).isEqualTo(other);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void leavesNothingOfJgapBehind() {
    generations(new GeneticSampler(SPACE, 1, 10), 3);
    assertThat(System.getProperties().stringPropertyNames())
        .noneMatch(name -> name.contains("JGAP") && !System.getProperty(name).isEmpty());
  }

  @Test
  void saysWhatToAddWhereJgapIsMissing() throws Exception {
    URL classes = GeneticSampler.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader without = new WithoutJgap(classes)) {
      Class<?> sampler = without.loadClass(GeneticSampler.class.getName());
      Constructor<?> constructor = sampler.getConstructors()[0];
      assertThatThrownBy(() -> constructor.newInstance(null, 1L, 10))
          .rootCause()
          .hasToString(
              "dev.lakewright.errors.ConfigException: tune.sampler: genetic needs JGAP, which is not"
                  + " on the class path; add net.sf.jgap:jgap:3.4.4 (LGPL 2.1) or set"
                  + " tune.sampler: tpe");
    }
  }

  /** Loads the sampler's package itself, and no JGAP. */
  private static final class WithoutJgap extends URLClassLoader {
    WithoutJgap(URL classes) {
      super(new URL[] {classes}, GeneticSamplerTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.jgap.")) {
        throw new ClassNotFoundException(name);
      }
      if (name.startsWith("dev.lakewright.search.")) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : findClass(name);
      }
      return super.loadClass(name, resolve);
    }
  }
}
