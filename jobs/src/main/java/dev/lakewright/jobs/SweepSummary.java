package dev.lakewright.jobs;

import dev.lakewright.search.Importance;
import dev.lakewright.tuning.SweepResult;
import dev.lakewright.tuning.TrialResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A sweep in a few lines for people. */
final class SweepSummary {

  /** Parameters in the line on importance, and trials in one on a failure. */
  private static final int MOST_SHOWN = 6;

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
    text.append(failures(sweep)).append(importance(sweep));
    return text.toString().stripTrailing();
  }

  /** A line per reason that trials failed for, in the order in which they are met first. */
  private static String failures(SweepResult sweep) {
    Map<String, List<String>> byReason =
        sweep.trials().stream()
            .filter(result -> !result.failure().isEmpty())
            .collect(
                Collectors.groupingBy(
                    TrialResult::failure,
                    LinkedHashMap::new,
                    Collectors.mapping(
                        result -> String.valueOf(result.trial().number()), Collectors.toList())));
    return byReason.entrySet().stream()
        .map(entry -> "failed: trial %s: %s%n".formatted(numbers(entry.getValue()), entry.getKey()))
        .collect(Collectors.joining());
  }

  private static String numbers(List<String> trials) {
    String shown = String.join(", ", trials.subList(0, Math.min(MOST_SHOWN, trials.size())));
    return trials.size() > MOST_SHOWN
        ? "%s and %d more".formatted(shown, trials.size() - MOST_SHOWN)
        : shown;
  }

  /** A line on importance, where two parameters or more were searched. */
  private static String importance(SweepResult sweep) {
    Importance importance = sweep.importance();
    long searched =
        sweep.trials().stream()
            .flatMap(result -> result.trial().parameters().keySet().stream())
            .distinct()
            .count();
    if (searched < 2) {
      return "";
    }
    if (!importance.absence().isEmpty()) {
      return "importance: unknown, since " + importance.absence();
    }
    return Stream.concat(
            importance.alone().stream().limit(MOST_SHOWN), importance.together().stream().limit(1))
        .map(share -> String.format(Locale.ROOT, "%s %.0f %%", name(share), 100 * share.mean()))
        .collect(Collectors.joining(", ", "importance: ", ""));
  }

  /** Importance for a result: shares by parameter, or why there are none. */
  static Map<String, Object> importanceFacts(Importance importance) {
    Map<String, Object> facts = new LinkedHashMap<>();
    if (!importance.absence().isEmpty()) {
      facts.put("importance_absent", importance.absence());
      return facts;
    }
    facts.put("importance", byName(importance.alone(), Importance.Share::mean));
    facts.put("importance_spread", byName(importance.alone(), Importance.Share::spread));
    facts.put("interactions", byName(importance.together(), Importance.Share::mean));
    return facts;
  }

  private static Map<String, Double> byName(
      List<Importance.Share> shares, Function<Importance.Share, Double> value) {
    Map<String, Double> byName = new LinkedHashMap<>();
    shares.forEach(share -> byName.put(name(share), value.apply(share)));
    return byName;
  }

  /** A parameter, or two that interact. */
  private static String name(Importance.Share share) {
    return String.join(" * ", share.parameters());
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
