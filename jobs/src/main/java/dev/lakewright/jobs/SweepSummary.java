package dev.lakewright.jobs;

import dev.lakewright.tuning.SweepResult;
import dev.lakewright.tuning.TrialResult;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A sweep in a few lines for people. */
final class SweepSummary {

  private SweepSummary() {}

  /** One line per trial, the best marked. */
  static String table(SweepResult sweep) {
    StringBuilder text =
        new StringBuilder("%-7s %-12s %s%n".formatted("trial", sweep.metric().key(), "parameters"));
    for (TrialResult result : sweep.trials()) {
      OptionalDouble mean = result.mean(sweep.metric());
      boolean best = result.trial().number() == sweep.best().trial().number();
      text.append(
          "%-7s %-12s %s%s%n"
              .formatted(
                  result.trial().number(),
                  mean.isPresent()
                      ? String.format(Locale.ROOT, "%.4f", mean.getAsDouble())
                      : result.state().name().toLowerCase(Locale.ROOT),
                  parameters(result.trial().parameters()),
                  best ? "  <- best" : ""));
    }
    return text.toString().stripTrailing();
  }

  /** Parameters as {@code key=value}, or a dash where the space is empty. */
  static String parameters(Map<String, Object> parameters) {
    return parameters.isEmpty()
        ? "-"
        : parameters.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
  }
}
