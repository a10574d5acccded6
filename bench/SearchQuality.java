import dev.lakewright.config.SearchDimension;
import dev.lakewright.config.SearchDimension.Choice;
import dev.lakewright.config.SearchDimension.Conditional;
import dev.lakewright.config.SearchDimension.IntegerRange;
import dev.lakewright.config.SearchDimension.LogIntegerRange;
import dev.lakewright.config.SearchDimension.LogUniform;
import dev.lakewright.config.SearchDimension.SteppedUniform;
import dev.lakewright.config.SearchDimension.Uniform;
import dev.lakewright.search.Sampler;
import dev.lakewright.search.Samplers;
import dev.lakewright.search.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The best loss after some trials of a sampler, for each seed, on the functions of bench/tpe.py, which
 * runs it: {@code java -cp ... SearchQuality.java SAMPLER FIRST_SEED SEEDS TRIALS} prints a JSON object of
 * lists.
 */
public final class SearchQuality {

  record Problem(Map<String, SearchDimension> space, ToDoubleFunction<Map<String, Object>> loss) {}

  public static void main(String[] args) {
    long first = Long.parseLong(args[1]);
    int seeds = Integer.parseInt(args[2]);
    int trials = Integer.parseInt(args[3]);
    List<String> lines = new ArrayList<>();
    problems()
        .forEach(
            (name, problem) -> {
              List<String> bests = new ArrayList<>();
              for (long seed = first; seed < first + seeds; seed++) {
                bests.add(Double.toString(best(args[0], problem, seed, trials)));
              }
              lines.add("\"" + name + "\": [" + String.join(", ", bests) + "]");
            });
    System.out.println("{" + String.join(", ", lines) + "}");
  }

  private static double best(String name, Problem problem, long seed, int trials) {
    Sampler sampler = Samplers.of(name, new SearchSpace(problem.space()), seed);
    double best = Double.POSITIVE_INFINITY;
    for (int done = 0; done < trials; ) {
      List<Map<String, Object>> points = sampler.ask(1);
      if (points.isEmpty()) {
        break;
      }
      double loss = problem.loss().applyAsDouble(points.get(0));
      sampler.tell(points.get(0), loss);
      best = Math.min(best, loss);
      done++;
    }
    return best;
  }

  private static Map<String, Problem> problems() {
    Map<String, Problem> problems = new LinkedHashMap<>();
    Map<String, SearchDimension> branin = new LinkedHashMap<>();
    branin.put("x0", new Uniform(-5, 10));
    branin.put("x1", new Uniform(0, 15));
    problems.put("branin", new Problem(branin, SearchQuality::branin));
    problems.put("hartmann6", new Problem(reals(6, 0, 1), SearchQuality::hartmann6));
    problems.put("rosenbrock4", new Problem(reals(4, -5, 10), SearchQuality::rosenbrock));
    problems.put("mixed", new Problem(mixed(), SearchQuality::mixed));
    return problems;
  }

  private static Map<String, SearchDimension> reals(int count, double low, double high) {
    Map<String, SearchDimension> space = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      space.put("x" + i, new Uniform(low, high));
    }
    return space;
  }

  private static double real(Map<String, Object> point, String key) {
    return ((Number) point.get(key)).doubleValue();
  }

  private static double branin(Map<String, Object> point) {
    double x = real(point, "x0");
    double y = real(point, "x1");
    double bend = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
    return bend * bend + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
  }

  private static final double[] ALPHA = {1, 1.2, 3, 3.2};
  private static final double[][] A = {
    {10, 3, 17, 3.5, 1.7, 8},
    {0.05, 10, 17, 0.1, 8, 14},
    {3, 3.5, 1.7, 10, 17, 8},
    {17, 8, 0.05, 10, 0.1, 14}
  };
  private static final double[][] P = {
    {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
    {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
    {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
    {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
  };

  private static double hartmann6(Map<String, Object> point) {
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      double distance = 0;
      for (int j = 0; j < 6; j++) {
        double difference = real(point, "x" + j) - P[i][j];
        distance += A[i][j] * difference * difference;
      }
      sum -= ALPHA[i] * Math.exp(-distance);
    }
    return sum;
  }

  private static double rosenbrock(Map<String, Object> point) {
    double sum = 0;
    for (int i = 0; i < point.size() - 1; i++) {
      double x = real(point, "x" + i);
      double next = real(point, "x" + (i + 1));
      sum += 100 * (next - x * x) * (next - x * x) + (1 - x) * (1 - x);
    }
    return sum;
  }

  /** Like the settings of a classifier: a learner of three, each with its own keys. */
  private static Map<String, SearchDimension> mixed() {
    Map<String, SearchDimension> space = new LinkedHashMap<>();
    space.put("learner", new Choice(List.of("linear", "trees", "kernel")));
    space.put("rate", new LogUniform(1e-5, 1));
    space.put("smooth", new SteppedUniform(0, 1, 0.05));
    space.put("l2", when("linear", new LogUniform(1e-6, 1e2)));
    space.put("depth", when("trees", new IntegerRange(1, 12)));
    space.put("trees", when("trees", new LogIntegerRange(1, 1000)));
    space.put("width", when("kernel", new LogUniform(1e-3, 1e3)));
    space.put("kind", when("kernel", new Choice(List.of("rbf", "poly", "sigmoid", "laplace"))));
    return space;
  }

  private static SearchDimension when(String learner, SearchDimension dimension) {
    return new Conditional(dimension, Map.of("learner", List.of(learner)));
  }

  private static double mixed(Map<String, Object> point) {
    double common =
        square(Math.log10(real(point, "rate")) + 2.3) / 4
            + square(real(point, "smooth") - 0.35);
    return switch ((String) point.get("learner")) {
      case "linear" -> 0.3 + common + square(Math.log10(real(point, "l2")) + 3) / 10;
      case "trees" ->
          common
              + square(real(point, "depth") - 7) / 20
              + square(Math.log10(real(point, "trees")) - 2.2) / 2;
      default ->
          0.1
              + common
              + square(Math.log10(real(point, "width")) - 0.5) / 3
              + (point.get("kind").equals("laplace") ? 0 : 0.2);
    };
  }

  private static double square(double value) {
    return value * value;
  }
}
