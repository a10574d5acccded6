package dev.lakewright.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Tree-structured Parzen estimator (Bergstra et al., "Algorithms for hyper-parameter optimization",
 * NIPS 2011, section 4; Bergstra, Yamins and Cox, ICML 2013): the points told are parted into the
 * few best and the others, each part becomes a density, and of some draws from the density of the
 * best the one is asked whose ratio of densities l(x) / g(x) is greatest, which has the greatest
 * expected improvement.
 *
 * <ul>
 *   <li>Axes with the same condition are estimated jointly, from the points of which they are part;
 *       each such group ranks its own points, so that a branch of a conditional space is searched
 *       well before it holds any of the best points of all.
 *   <li>The first points come from a {@link ShiftedSobol} sequence, until some trials succeeded.
 *   <li>Failed trials, and those asked but not told (Ginsbourger et al.'s "constant liar" (2010)),
 *       are among the others.
 * </ul>
 */
public final class TpeSampler implements Sampler {

  private static final int STARTUP = 10;
  private static final int CANDIDATES = 128;
  private static final double BEST_SHARE = 0.1;
  private static final int MOST_BEST = 25;

  /**
   * So often a point that is known already is drawn anew before the space is searched at random.
   */
  private static final int MOST_PROPOSALS = 100;

  private final SearchSpace space;
  private final long seed;
  private final ShiftedSobol startup;
  private final List<Told> told = new ArrayList<>();
  private final List<double[]> outstanding = new ArrayList<>();
  private final Set<Map<String, Object>> known = new HashSet<>();
  private long asked;

  @SuppressWarnings(
      "ArrayRecordComponent") // a point, of which no one asks whether it equals another
  private record Told(double[] units, double loss) {
    boolean succeeded() {
      return Double.isFinite(loss);
    }
  }

  public TpeSampler(SearchSpace space, long seed) {
    this.space = space;
    this.seed = seed;
    this.startup = new ShiftedSobol(space.size(), seed);
  }

  @Override
  public List<Map<String, Object>> ask(int most) {
    List<Map<String, Object>> points = new ArrayList<>();
    while (points.size() < most) {
      Optional<Map<String, Object>> point = next();
      if (point.isEmpty()) {
        break;
      }
      known.add(point.get());
      space.encode(point.get()).ifPresent(outstanding::add);
      points.add(point.get());
    }
    return points;
  }

  @Override
  public void tell(Map<String, Object> point, double loss) {
    known.add(point);
    Optional<double[]> fitting = space.encode(point);
    if (fitting.isPresent()) {
      double[] units = fitting.get();
      outstanding.removeIf(other -> Arrays.equals(other, units));
      told.add(new Told(units, Double.isFinite(loss) ? loss : Double.NaN));
    }
  }

  private Optional<Map<String, Object>> next() {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + asked++);
    boolean starting = told.stream().filter(Told::succeeded).count() < STARTUP;
    List<Told> ranked = new ArrayList<>(told);
    ranked.sort(Comparator.comparingDouble(Told::loss));
    for (int i = 0; i < MOST_PROPOSALS + DrawnPoints.MOST_REPEATS; i++) {
      double[] units;
      if (i >= MOST_PROPOSALS) {
        units = random.doubles(space.size()).toArray();
      } else {
        units = starting ? startup.next() : proposal(ranked, random);
      }
      Map<String, Object> point = space.decode(units);
      if (!known.contains(point)) {
        return Optional.of(point);
      }
    }
    return Optional.empty();
  }

  /** Group by group, parents first. */
  private double[] proposal(List<Told> ranked, SplittableRandom random) {
    double[] units = new double[space.size()];
    Arrays.fill(units, Double.NaN);
    for (int[] group : space.groups()) {
      if (space.isActive(group[0], units)) {
        double[] proposed = proposal(group, ranked, random);
        for (int i = 0; i < group.length; i++) {
          units[group[i]] = proposed[i];
        }
      }
    }
    return units;
  }

  private double[] proposal(int[] group, List<Told> allRanked, SplittableRandom random) {
    List<Told> ranked =
        allRanked.stream().filter(point -> !Double.isNaN(point.units()[group[0]])).toList();
    long succeeded = ranked.stream().filter(Told::succeeded).count();
    int share = (int) StrictMath.ceil(BEST_SHARE * ranked.size());
    int best = (int) Math.min(succeeded, Math.min(share, MOST_BEST));
    List<double[]> goods = new ArrayList<>();
    List<double[]> others = new ArrayList<>();
    for (Told point : ranked) {
      (goods.size() < best ? goods : others).add(part(point.units(), group));
    }
    for (double[] point : outstanding) {
      if (!Double.isNaN(point[group[0]])) {
        others.add(part(point, group));
      }
    }
    List<Axis> axes = Arrays.stream(group).mapToObj(space::axis).toList();
    return best(
        new ParzenEstimator(axes, goods.toArray(double[][]::new)),
        new ParzenEstimator(axes, others.toArray(double[][]::new)),
        random);
  }

  private static double[] part(double[] units, int[] group) {
    return Arrays.stream(group).mapToDouble(axis -> units[axis]).toArray();
  }

  /** Of some draws from the better density the one with the greatest ratio of densities. */
  private static double[] best(
      ParzenEstimator better, ParzenEstimator others, SplittableRandom random) {
    double[] best = better.sample(random);
    double most = better.logDensity(best) - others.logDensity(best);
    for (int i = 1; i < CANDIDATES; i++) {
      double[] candidate = better.sample(random);
      double ratio = better.logDensity(candidate) - others.logDensity(candidate);
      if (ratio > most) {
        most = ratio;
        best = candidate;
      }
    }
    return best;
  }
}
