package dev.lakewright.jobs;

import dev.lakewright.comparison.Comparison;
import dev.lakewright.metrics.Figure;
import dev.lakewright.metrics.Interval;
import dev.lakewright.metrics.PairedBootstrap.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A comparison in a few lines for people, and as fields of a result. */
final class ComparisonSummary {

  private ComparisonSummary() {}

  /** One line per remedy: the deciding figure with its interval and difference, then the others. */
  static String table(Comparison comparison) {
    List<String> header = new ArrayList<>(List.of("remedy", "settings"));
    header.add(comparison.main().key());
    header.add("interval");
    header.add("difference");
    header.add("interval");
    comparison.figures().stream().skip(1).map(Figure::key).forEach(header::add);
    TextTable table = new TextTable(header.toArray(String[]::new));
    for (Comparison.Measured one : comparison.remedies()) {
      table.row(cells(one, header.size(), one.name().equals(comparison.best().name())));
    }
    return "minority class: %s%n%s".formatted(comparison.minority(), table);
  }

  private static Object[] cells(Comparison.Measured one, int columns, boolean best) {
    List<Object> cells = new ArrayList<>(List.of(one.name() + (best ? " <-" : "")));
    if (!one.failure().isEmpty()) {
      cells.add("failed: " + one.failure());
    } else {
      cells.add(SweepSummary.parameters(one.parameters()));
      Estimate main = one.outOfFold().get(0);
      cells.add(number(main.value()));
      cells.add(range(main.interval()));
      cells.add("%+.4f".formatted(main.difference()) + (main.differs() ? " *" : ""));
      cells.add(range(main.differenceInterval()));
      one.outOfFold().stream().skip(1).map(Estimate::value).forEach(v -> cells.add(number(v)));
    }
    while (cells.size() < columns) {
      cells.add("");
    }
    return cells.toArray();
  }

  private static String range(Interval interval) {
    return number(interval.low()) + " to " + number(interval.high());
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  /** Fields of a result. */
  static Map<String, Object> facts(Comparison comparison) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("metric", comparison.main().key());
    facts.put("minority", comparison.minority());
    facts.put(
        "remedies",
        comparison.remedies().stream().map(one -> remedy(comparison.figures(), one)).toList());
    facts.put("best", comparison.best().name());
    facts.put("helped", comparison.helped());
    facts.put("verdict", comparison.verdict());
    return facts;
  }

  private static Map<String, Object> remedy(List<Figure> figures, Comparison.Measured one) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", one.name());
    facts.put("settings", one.treatment().settings());
    if (!one.failure().isEmpty()) {
      facts.put("failure", one.failure());
      return facts;
    }
    facts.put("parameters", one.parameters());
    facts.put("out_of_fold", estimates(figures, one.outOfFold()));
    if (!one.test().isEmpty()) {
      facts.put("test", estimates(figures, one.test()));
    }
    facts.put("seconds", one.seconds());
    return facts;
  }

  private static Map<String, Object> estimates(List<Figure> figures, List<Estimate> estimates) {
    Map<String, Object> facts = new LinkedHashMap<>();
    for (int i = 0; i < estimates.size(); i++) {
      Estimate estimate = estimates.get(i);
      Map<String, Object> of = new LinkedHashMap<>();
      of.put("value", finite(estimate.value()));
      put(of, "interval", estimate.interval());
      of.put("difference", finite(estimate.difference()));
      put(of, "difference_interval", estimate.differenceInterval());
      facts.put(figures.get(i).key(), of);
    }
    return facts;
  }

  private static Object finite(double value) {
    return Double.isFinite(value) ? (Object) value : null;
  }

  private static void put(Map<String, Object> facts, String key, Interval interval) {
    if (Double.isFinite(interval.low())) {
      facts.put(key, List.of(interval.low(), interval.high()));
    }
  }
}
