package dev.lakewright.tuning;

import java.util.List;
import java.util.Optional;

/**
 * What a sweep found in each of several groups of points.
 *
 * @param trials of all groups
 * @param groups in the order they were asked for
 * @param reused trials that an earlier run had finished
 */
public record GroupedResult(List<TrialResult> trials, List<Group> groups, int reused) {

  /**
   * One group.
   *
   * @param winner absent where no trial of the group was complete
   * @param failure why there is none; empty when there is one
   */
  public record Group(Optional<Winner> winner, String failure) {}

  /** The trial that was chosen, its scores of rows it had not seen, and what all rows made it. */
  public record Winner(TrialResult result, OutOfFold outOfFold, Refit refit) {}
}
