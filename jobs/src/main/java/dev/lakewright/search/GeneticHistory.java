package dev.lakewright.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jgap.Chromosome;
import org.jgap.Configuration;
import org.jgap.FitnessFunction;
import org.jgap.Gene;
import org.jgap.Genotype;
import org.jgap.IChromosome;
import org.jgap.InvalidConfigurationException;
import org.jgap.impl.DefaultConfiguration;
import org.jgap.impl.DoubleGene;
import org.jgap.impl.IntegerGene;
import org.jgap.impl.StockRandomGenerator;

/**
 * The history of a genetic search, played from its beginning with the losses told so far up to the
 * first generation of which some are missing. JGAP wants every fitness at once and keeps its
 * settings per thread in static state; played anew from the same seed it may have both, as nothing
 * of it outlives a call. Selection only compares fitness, and further losses never change how two
 * points compare, so every replay takes the same way.
 */
final class GeneticHistory extends FitnessFunction {

  private static final long serialVersionUID = 1L;

  /** So many generations without a new point are taken for the end of the space. */
  private static final int MOST_REPEATS = 200;

  /** JGAP's settings are found by the thread's name, which need not be unique. */
  private static final Object JGAP = new Object();

  private final transient SearchSpace space;
  private final transient Map<Map<String, Object>, Double> losses;
  private final double[] sorted;
  private final transient Set<Map<String, Object>> missing = new LinkedHashSet<>();

  private GeneticHistory(SearchSpace space, Map<Map<String, Object>, Double> losses) {
    this.space = space;
    this.losses = losses;
    this.sorted = losses.values().stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  /** The points of the first generation that is not told yet; empty if there are no more. */
  static List<Map<String, Object>> missing(
      SearchSpace space, long seed, int population, Map<Map<String, Object>, Double> losses) {
    if (space.size() == 0) {
      return losses.containsKey(Map.of()) ? List.of() : List.of(Map.of());
    }
    GeneticHistory history = new GeneticHistory(space, losses);
    synchronized (JGAP) {
      Configuration.reset();
      try {
        history.play(seed, population);
      } catch (InvalidConfigurationException e) {
        throw new IllegalStateException("JGAP refused its settings", e);
      } finally {
        Configuration.reset();
      }
    }
    return new ArrayList<>(history.missing);
  }

  private void play(long seed, int population) throws InvalidConfigurationException {
    Configuration settings = new DefaultConfiguration();
    StockRandomGenerator random = new StockRandomGenerator();
    random.setSeed(seed);
    settings.setRandomGenerator(random);
    settings.setFitnessFunction(this);
    settings.setPreservFittestIndividual(true);
    settings.setSampleChromosome(new Chromosome(settings, genes(settings)));
    settings.setPopulationSize(population);
    Genotype genotype = Genotype.randomInitialGenotype(settings);
    for (int i = 0; i < MOST_REPEATS + losses.size(); i++) {
      for (Object chromosome : genotype.getPopulation().getChromosomes()) {
        evaluate((IChromosome) chromosome);
      }
      if (!missing.isEmpty()) {
        return;
      }
      genotype.evolve();
      if (!missing.isEmpty()) {
        return;
      }
    }
  }

  /** Choices are the integers of their places, all else lies on the unit interval. */
  private Gene[] genes(Configuration settings) throws InvalidConfigurationException {
    Gene[] genes = new Gene[space.size()];
    for (int axis = 0; axis < genes.length; axis++) {
      genes[axis] =
          space.axis(axis) instanceof Axis.Choices choices
              ? new IntegerGene(settings, 0, choices.values().size() - 1)
              : new DoubleGene(settings, 0, 1);
    }
    return genes;
  }

  private Map<String, Object> point(IChromosome chromosome) {
    double[] units = new double[space.size()];
    for (int axis = 0; axis < units.length; axis++) {
      Object allele = chromosome.getGene(axis).getAllele();
      units[axis] =
          allele instanceof Integer place
              ? (place + 0.5) / space.axis(axis).count()
              : (Double) allele;
    }
    return space.decode(units);
  }

  /** One more than the number of points that are worse, as JGAP wants fitness above 0. */
  @Override
  protected double evaluate(IChromosome chromosome) {
    Map<String, Object> point = point(chromosome);
    Double loss = losses.get(point);
    if (loss == null) {
      missing.add(point);
      return 1;
    }
    return 1 + sorted.length - firstWorse(loss);
  }

  private int firstWorse(double loss) {
    int found = Arrays.binarySearch(sorted, loss);
    while (found < sorted.length - 1 && Double.compare(sorted[found + 1], loss) == 0) {
      found++;
    }
    return found + 1;
  }
}
