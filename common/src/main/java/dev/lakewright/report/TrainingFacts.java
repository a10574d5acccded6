package dev.lakewright.report;

import dev.lakewright.metrics.Evaluation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a training or evaluation recorded, for its report. Absent parts leave no section.
 *
 * @param headline such as {@code macro_f1}: the metric to tell first
 * @param status what became of the model, such as {@code published as champion}
 * @param trainingRows per class
 * @param testRows per label
 * @param objective of the chosen model's training, after each iteration
 * @param topTerms per class, the heaviest first
 * @param lineage in the order to be shown
 * @param seconds per phase
 * @param gates what a challenger had to reach; empty where it had none to pass
 */
public record TrainingFacts(
    String model,
    int version,
    String status,
    String headline,
    List<String> notes,
    Map<String, Long> trainingRows,
    Map<String, Long> testRows,
    Optional<Sweep> sweep,
    List<Double> objective,
    Optional<Evaluation> evaluation,
    List<WrongRecord> mostWrong,
    Map<String, List<Term>> topTerms,
    Map<String, String> lineage,
    Map<String, Double> seconds,
    String config,
    Optional<Decision> decision,
    List<Gate> gates) {

  /**
   * What one gate said of a challenger.
   *
   * @param rows that it looked at; empty where it needs none
   */
  public record Gate(String name, String rows, boolean passed, String explanation) {}

  /**
   * How probabilities become labels, and what that came to on out-of-fold rows.
   *
   * @param goal that the thresholds were chosen for
   */
  public record Decision(String goal, List<DecisionOfClass> perClass) {}

  /**
   * One class.
   *
   * @param threshold what its probability is divided by before the largest is taken; NaN for none
   */
  public record DecisionOfClass(
      String label, double threshold, double precision, double recall, double f1) {}

  /**
   * A sweep.
   *
   * @param importance of parameters, then of interactions; the strongest first; empty when unknown
   */
  public record Sweep(
      String metric,
      boolean higherIsBetter,
      List<Trial> trials,
      int best,
      List<Importance> importance) {}

  /**
   * How much of the differences between scores a parameter explains.
   *
   * @param parameters one; or two, for what they explain together beyond both
   * @param share from 0 to 1
   * @param spread standard deviation of the estimate
   */
  public record Importance(List<String> parameters, double share, double spread) {}

  /**
   * A trial.
   *
   * @param parameters numbers as {@link Number}, anything else as text
   * @param mean NaN when the trial failed or was pruned
   * @param state how it ended: complete, pruned or failed
   */
  public record Trial(
      int number,
      Map<String, Object> parameters,
      double mean,
      List<Double> folds,
      double seconds,
      String state) {}

  /** A record that the model got wrong. */
  public record WrongRecord(
      String id, String label, String predicted, double probability, Map<String, String> values) {}

  /** A feature with its weight. */
  public record Term(String name, double weight) {}
}
