package dev.lakewright.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.metrics.Figure;
import dev.lakewright.metrics.Interval;
import dev.lakewright.metrics.Metric;
import dev.lakewright.metrics.PairedBootstrap.Estimate;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonReportTest {

  private static final String NASTY = "</script><script>alert(1)</script>\"'&\u202e\u0000";

  static ComparisonFacts facts(String text) {
    List<Figure> figures = List.of(Figure.of(Metric.MACRO_F1), Figure.of(Metric.LOG_LOSS));
    Estimate none = new Estimate(0.6, new Interval(0.55, 0.65), 0, new Interval(0, 0));
    Estimate other = new Estimate(0.7, new Interval(0.65, 0.75), 0.1, new Interval(0.05, 0.15));
    Estimate undefined =
        new Estimate(
            Double.NaN,
            new Interval(Double.NaN, Double.NaN),
            Double.NaN,
            new Interval(Double.NaN, Double.NaN));
    return new ComparisonFacts(
        text,
        text,
        figures,
        text,
        List.of(
            new ComparisonFacts.OfRemedy(
                "none", text, List.of(none, none), List.of(none, none), 1, ""),
            new ComparisonFacts.OfRemedy(
                text, text, List.of(other, undefined), List.of(other, other), 2, ""),
            new ComparisonFacts.OfRemedy("focal", "", List.of(), List.of(), 0, text)),
        text,
        Map.of(text, 10L, "other", 90L),
        Map.of(),
        List.of(text),
        Map.of(text, text),
        Map.of(text, text),
        text);
  }

  @Property(tries = 30)
  void textFromDataNeverBecomesMarkup(@ForAll String text) {
    assertThat(ComparisonReport.html(facts(text))).doesNotContain("<script");
  }

  @Test
  void scriptsInDataAreShownAsText() {
    assertThat(ComparisonReport.html(facts(NASTY)))
        .doesNotContain("<script")
        .contains("&lt;script&gt;");
  }

  @Test
  void valuesIntervalsDifferencesAndFailuresAreShown() {
    assertThat(ComparisonReport.html(facts("smote")))
        .contains("0.7000", "0.6500 – 0.7500", "+0.1000 *", "+0.0500 to +0.1500")
        .contains("failed: smote", "smote ★", "lower is better", "Not compared: smote: smote.");
  }

  @Test
  void goodAndHarmBeyondTheIntervalAreMarkedAndWhatMayBeChanceIsNot() {
    Figure accuracy = Figure.of(Metric.ACCURACY);
    Figure loss = Figure.of(Metric.LOG_LOSS);
    Estimate more = new Estimate(0.7, new Interval(0.6, 0.8), 0.1, new Interval(0.05, 0.15));
    Estimate perhaps = new Estimate(0.7, new Interval(0.6, 0.8), 0.1, new Interval(-0.01, 0.15));

    assertThat(Effect.of(more, accuracy)).isEqualTo(Effect.BETTER);
    assertThat(Effect.of(more, loss)).isEqualTo(Effect.WORSE);
    assertThat(Effect.of(perhaps, loss)).isEqualTo(Effect.UNCLEAR);
    assertThat(ComparisonReport.html(facts("smote")))
        .contains("<td class='n better'>▲ +0.1000</td>", "<td class='n worse'>▼ +0.1000</td>")
        .contains("<td class='n unclear'>–</td>");
  }

  @Test
  void aRemedyThatIsFarOffIsAnArrowAndTheOthersKeepTheScale() {
    String near = RemedyChart.of("macro_f1", bars(0.70, 0.71, 0.72, 0.73, 0.74));
    String far = RemedyChart.of("macro_f1", bars(0.70, 0.71, 0.72, 0.73, 0.74, 0.2));

    assertThat(near).doesNotContain("◀").contains(">0.72</text>");
    assertThat(far).contains("◀", ">0.2000</text>", ">0.72</text>");
  }

  private static List<RemedyChart.Bar> bars(double... values) {
    return Arrays.stream(values)
        .mapToObj(value -> new Estimate(value, new Interval(value, value), 0, new Interval(0, 0)))
        .map(estimate -> new RemedyChart.Bar("remedy", estimate, Effect.UNCLEAR, false))
        .toList();
  }

  @Test
  void pageFitsPhoneAndDesktop(@TempDir Path folder) throws Exception {
    Browser.assertFits(ComparisonReport.html(facts("a".repeat(300))), folder);
  }
}
