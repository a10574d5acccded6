package dev.lakewright.report;

import dev.lakewright.metrics.Figure;
import dev.lakewright.metrics.PairedBootstrap.Estimate;
import java.util.List;
import java.util.Map;

/**
 * What a comparison of remedies recorded, for its report.
 *
 * @param verdict which remedy helped, in one line
 * @param figures what was measured; the first decides
 * @param minority the smallest class
 * @param remedies the first is what the others are compared with
 * @param best name of the best
 * @param notes how it was measured
 * @param leftOut remedies that were not compared, and why
 * @param lineage in the order to be shown
 */
public record ComparisonFacts(
    String model,
    String verdict,
    List<Figure> figures,
    String minority,
    List<OfRemedy> remedies,
    String best,
    Map<String, Long> trainingRows,
    Map<String, Long> testRows,
    List<String> notes,
    Map<String, String> leftOut,
    Map<String, String> lineage,
    String config) {

  /**
   * One remedy.
   *
   * @param settings what it sets and what was chosen for it, as {@code key=value}
   * @param outOfFold an estimate per figure; empty if it failed
   * @param test the same on held-out rows; empty if there are none
   * @param failure empty if it did not fail
   */
  public record OfRemedy(
      String name,
      String settings,
      List<Estimate> outOfFold,
      List<Estimate> test,
      double seconds,
      String failure) {}
}
