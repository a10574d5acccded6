package dev.lakewright.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How much each parameter of a space matters for the score: the share of the variance of a {@link
 * RegressionForest} that its main effect explains, and what two explain together beyond both
 * (functional ANOVA; Hutter, Hoos and Leyton-Brown, "An efficient approach for assessing
 * hyperparameter importance", ICML 2014).
 *
 * <p>The space is weighed as its dimensions are drawn at random, so that it does not matter where a
 * sampler looked most. That a conditional parameter is absent is one of its values; what that value
 * shares with its parent is the parent's.
 *
 * @param alone parameters that varied, the most important first; empty when {@code absence} is not
 * @param together the strongest interactions, likewise
 * @param absence why there is no importance; empty when there is
 */
public record Importance(List<Share> alone, List<Share> together, String absence) {

  private static final int FEWEST_POINTS = 4;
  private static final double SAME = 1e-12;

  /** Interactions are looked for among so many parameters, those that matter most alone. */
  private static final int MOST_PAIRED = 8;

  private static final int MOST_INTERACTIONS = 3;
  private static final double LEAST_INTERACTION = 0.01;

  /** A point of the space with the score that it reached; NaN or infinite when it reached none. */
  public record Scored(Map<String, Object> point, double score) {}

  /**
   * A share of the variance, from 0 to 1.
   *
   * @param parameters one, or two that interact
   * @param mean over the trees
   * @param spread standard deviation over the trees
   */
  public record Share(List<String> parameters, double mean, double spread) {}

  /** Estimates importance from scored points; those without a score or of no point are left out. */
  public static Importance of(SearchSpace space, List<Scored> scored, long seed) {
    List<double[]> points = new ArrayList<>();
    List<Double> scores = new ArrayList<>();
    for (Scored one : scored) {
      if (Double.isFinite(one.score())) {
        space
            .encode(one.point())
            .ifPresent(
                units -> {
                  points.add(units);
                  scores.add(one.score());
                });
      }
    }
    if (points.size() < FEWEST_POINTS) {
      return absent(
          "it takes %d complete trials, and there are %d".formatted(FEWEST_POINTS, points.size()));
    }
    return of(space, points, scores.stream().mapToDouble(Double::doubleValue).toArray(), seed);
  }

  private static Importance of(
      SearchSpace space, List<double[]> points, double[] scores, long seed) {
    List<String> keys = new ArrayList<>();
    List<Cells> axes = new ArrayList<>();
    int[][] cells = new int[points.size()][space.size()];
    for (int axis : space.groups().stream().flatMapToInt(Arrays::stream).toArray()) {
      double[] units = points.stream().mapToDouble(point -> point[axis]).toArray();
      Cells along = Cells.of(space.axis(axis), space.activeShare(axis), units);
      if (along.vary()) {
        for (int row = 0; row < units.length; row++) {
          cells[row][axes.size()] = along.of(units[row]);
        }
        axes.add(along);
        keys.add(space.key(axis));
      }
    }
    if (keys.size() < 2) {
      return absent(keys.isEmpty() ? "no parameter varies" : "only " + keys.get(0) + " varies");
    }
    double mean = Arrays.stream(scores).average().orElseThrow();
    double[] centred = Arrays.stream(scores).map(score -> score - mean).toArray();
    double greatest = Arrays.stream(centred).map(Math::abs).max().orElseThrow();
    if (greatest <= SAME * Math.abs(mean)) {
      return absent("all trials score the same");
    }
    return of(keys, new CellRows(axes, cells, centred), seed);
  }

  private static Importance of(List<String> keys, CellRows data, long seed) {
    double least = SAME * Arrays.stream(data.scores()).map(s -> s * s).average().orElseThrow();
    List<TreeVariance> trees =
        RegressionForest.fit(data, seed).trees().stream()
            .map(tree -> new TreeVariance(tree, data.axes()))
            .filter(tree -> tree.total() > least)
            .toList();
    if (trees.isEmpty()) {
      return absent("no parameter tells the trials' scores apart");
    }
    Comparator<Share> byMean = Comparator.comparingDouble(Share::mean).reversed();
    List<Share> alone =
        IntStream.range(0, keys.size())
            .mapToObj(axis -> share(List.of(keys.get(axis)), trees, tree -> tree.alone(axis)))
            .sorted(byMean)
            .toList();
    List<Share> together =
        pairs(alone, keys).stream()
            .map(
                pair ->
                    share(
                        List.of(keys.get(pair[0]), keys.get(pair[1])),
                        trees,
                        tree -> interaction(tree, pair[0], pair[1])))
            .filter(share -> share.mean() >= LEAST_INTERACTION)
            .sorted(byMean)
            .limit(MOST_INTERACTIONS)
            .toList();
    return new Importance(alone, together, "");
  }

  private static double interaction(TreeVariance tree, int one, int other) {
    return Math.max(0, tree.joint(one, other) - tree.alone(one) - tree.alone(other));
  }

  private static List<int[]> pairs(List<Share> alone, List<String> keys) {
    int[] axes =
        alone.stream()
            .limit(MOST_PAIRED)
            .mapToInt(share -> keys.indexOf(share.parameters().get(0)))
            .sorted()
            .toArray();
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < axes.length; i++) {
      for (int j = i + 1; j < axes.length; j++) {
        pairs.add(new int[] {axes[i], axes[j]});
      }
    }
    return pairs;
  }

  private static Share share(
      List<String> parameters, List<TreeVariance> trees, ToDoubleFunction<TreeVariance> part) {
    double[] shares =
        trees.stream().mapToDouble(tree -> part.applyAsDouble(tree) / tree.total()).toArray();
    double mean = Arrays.stream(shares).average().orElseThrow();
    double variance =
        Arrays.stream(shares).map(s -> (s - mean) * (s - mean)).average().orElseThrow();
    return new Share(parameters, mean, Math.sqrt(variance));
  }

  private static Importance absent(String why) {
    return new Importance(List.of(), List.of(), why);
  }
}
