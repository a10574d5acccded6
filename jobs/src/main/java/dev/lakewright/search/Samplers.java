package dev.lakewright.search;

import dev.lakewright.errors.ConfigException;

/** Samplers by the names that a configuration gives them. */
public final class Samplers {

  private static final String NAMES = "grid, random, quasi_random, tpe, genetic";

  /** Points of a generation of the genetic sampler. */
  private static final int POPULATION = 20;

  private Samplers() {}

  /**
   * A new sampler.
   *
   * @param seed of all but the grid
   * @throws ConfigException for an unknown name, or a space that the sampler cannot search
   */
  public static Sampler of(String name, SearchSpace space, long seed) {
    return switch (name) {
      case "grid" -> new GridSampler(space);
      case "random" -> new RandomSampler(space, seed);
      case "quasi_random" -> new QuasiRandomSampler(space, seed);
      case "tpe" -> new TpeSampler(space, seed);
      case "genetic" -> new GeneticSampler(space, seed, POPULATION);
      default ->
          throw new ConfigException(
              "tune.sampler must be one of %s, not '%s'".formatted(NAMES, name));
    };
  }
}
