package dev.lakewright.tuning;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.sampling.ClassCounts;
import dev.lakewright.sampling.ClassTotals;
import dev.lakewright.sampling.Draws;
import dev.lakewright.sampling.Multiplicities;
import dev.lakewright.sampling.OrderCut;
import dev.lakewright.sampling.RandomShares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What models over spread rows are trained on, by the fold that is left out and their sampling. */
final class SpreadTrainings implements AutoCloseable {

  private static final SamplingConfig AS_THEY_ARE =
      SamplingConfig.weighted(SamplingConfig.Weights.NONE, Map.of(), 0.999);

  /** Of no choice. */
  static final SpreadTrainings NONE = new SpreadTrainings(Map.of());

  private final Map<Choice, SpreadTraining> trainings;

  private SpreadTrainings(Map<Choice, ? extends SpreadTraining> trainings) {
    this.trainings = Map.copyOf(trainings);
  }

  /**
   * Models of equal choice are trained on the same rows.
   *
   * @param sampling without class weights
   */
  record Choice(int fold, SamplingConfig sampling) {

    static Choice of(int fold, SamplingConfig sampling) {
      boolean asTheyAre = sampling.method() == SamplingConfig.Method.NONE;
      return new Choice(fold, asTheyAre ? AS_THEY_ARE : sampling.unweighted());
    }

    /** Whether rows are drawn whatever they hold, by {@link #draw}. */
    boolean isDrawn() {
      return RandomShares.suffice(sampling);
    }

    /** How often classes' rows are taken; they must be drawn. */
    RandomShares shares(SpreadTotals totals, List<String> classes) {
      return RandomShares.of(sampling, new ClassCounts(classes, totals.all().trained(fold).rows()));
    }

    private Draws draws() {
      return new Draws(sampling.seed());
    }
  }

  /** The rows that were made for a choice, to be closed with this. */
  static SpreadTrainings of(Choice choice, ResampledTraining training) {
    return new SpreadTrainings(Map.of(choice, training));
  }

  /** Draws the rows of all choices: one job, or none where nothing is to be drawn. */
  static SpreadTrainings draw(
      List<Choice> choices,
      SpreadRows rows,
      SpreadTotals totals,
      List<String> classes,
      FoldTask.Effort effort) {
    Map<Choice, RandomShares> shares = new LinkedHashMap<>();
    choices.forEach(choice -> shares.computeIfAbsent(choice, each -> each.shares(totals, classes)));
    List<RandomCuts.Wanted> wanted = new ArrayList<>();
    shares.forEach((choice, share) -> wanted.addAll(wanted(choice, share, totals)));
    Iterator<RandomCuts.Found> found = new RandomCuts(rows, totals, effort).find(wanted).iterator();
    Map<Choice, DrawnTraining> trainings = new HashMap<>();
    shares.forEach(
        (choice, share) -> trainings.put(choice, training(choice, share, totals, found)));
    return new SpreadTrainings(trainings);
  }

  /** Draws the rows of one choice. */
  static DrawnTraining draw(
      Choice choice,
      SpreadRows rows,
      SpreadTotals totals,
      List<String> classes,
      FoldTask.Effort effort) {
    RandomShares shares = choice.shares(totals, classes);
    List<RandomCuts.Found> found =
        new RandomCuts(rows, totals, effort).find(wanted(choice, shares, totals));
    return training(choice, shares, totals, found.iterator());
  }

  private static List<RandomCuts.Wanted> wanted(
      Choice choice, RandomShares shares, SpreadTotals totals) {
    long[] sizes = totals.all().trained(choice.fold()).rows();
    List<RandomCuts.Wanted> wanted = new ArrayList<>();
    for (int label = 0; label < sizes.length; label++) {
      if (shares.more()[label] > 0) {
        wanted.add(
            new RandomCuts.Wanted(
                choice.fold(), label, choice.draws(), shares.more()[label], sizes[label]));
      }
    }
    return wanted;
  }

  /**
   * @param found the cuts of this choice come next, by label
   */
  private static DrawnTraining training(
      Choice choice, RandomShares shares, SpreadTotals totals, Iterator<RandomCuts.Found> found) {
    ClassTotals there = totals.all().trained(choice.fold());
    ClassTotals taken = ClassTotals.none(there.rows().length);
    OrderCut[] cuts = new OrderCut[there.rows().length];
    Arrays.fill(cuts, OrderCut.NOTHING);
    for (int label = 0; label < cuts.length; label++) {
      taken.rows()[label] = shares.count(label, there.rows()[label]);
      taken.weights()[label] = shares.each()[label] * there.weights()[label];
      if (shares.more()[label] > 0) {
        RandomCuts.Found cut = found.next();
        cuts[label] = cut.cut();
        taken.weights()[label] += cut.weight();
      }
    }
    return new DrawnTraining(
        choice.fold(),
        totals.before(choice.fold()),
        new Multiplicities(choice.draws(), shares.each(), cuts),
        taken);
  }

  /** What models of a choice are trained on. */
  SpreadTraining of(Choice choice) {
    return trainings.get(choice);
  }

  @Override
  public void close() {
    for (SpreadTraining training : trainings.values()) {
      if (training instanceof ResampledTraining resampled) {
        resampled.close();
      }
    }
  }
}
