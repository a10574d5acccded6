package dev.lakewright.search;

import dev.lakewright.errors.ConfigException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * A genetic algorithm (Holland, "Adaptation in natural and artificial systems" (1975)) as JGAP
 * implements it: asks the points of a generation, waits until all are told, and evolves. JGAP is an
 * optional library; see {@link GeneticHistory} for how it is made to ask and tell.
 */
public final class GeneticSampler implements Sampler {

  private final SearchSpace space;
  private final long seed;
  private final int population;
  private final Map<Map<String, Object>, Double> losses = new LinkedHashMap<>();
  private final Queue<Map<String, Object>> generation = new ArrayDeque<>();
  private final Set<Map<String, Object>> outstanding = new HashSet<>();

  /**
   * @param population points of a generation
   * @throws ConfigException if JGAP is not on the class path
   */
  public GeneticSampler(SearchSpace space, long seed, int population) {
    if (population < 2) {
      throw new IllegalArgumentException("a population has at least 2 points, not " + population);
    }
    requireJgap();
    this.space = space;
    this.seed = seed;
    this.population = population;
  }

  private static void requireJgap() {
    try {
      Class.forName("org.jgap.Configuration", false, GeneticSampler.class.getClassLoader());
    } catch (ClassNotFoundException missing) {
      throw new ConfigException(
          "tune.sampler: genetic needs JGAP, which is not on the class path; add"
              + " net.sf.jgap:jgap:3.4.4 (LGPL 2.1) or set tune.sampler: tpe");
    }
  }

  @Override
  public List<Map<String, Object>> ask(int most) {
    List<Map<String, Object>> points = new ArrayList<>();
    while (points.size() < most) {
      if (generation.isEmpty() && outstanding.isEmpty()) {
        generation.addAll(GeneticHistory.missing(space, seed, population, losses));
      }
      if (generation.isEmpty()) {
        break;
      }
      Map<String, Object> point = generation.remove();
      outstanding.add(point);
      points.add(point);
    }
    return points;
  }

  @Override
  public void tell(Map<String, Object> point, double loss) {
    generation.remove(point);
    outstanding.remove(point);
    losses.putIfAbsent(point, loss);
  }
}
