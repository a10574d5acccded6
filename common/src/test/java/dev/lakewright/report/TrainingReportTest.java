package dev.lakewright.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.metrics.Evaluation;
import dev.lakewright.metrics.ScoredRows;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class TrainingReportTest {

  private static final String NASTY = "</script><script>alert(1)</script>\"'&\u202e\u0000";

  static TrainingFacts facts(List<String> classes, String text, int trials) {
    SplittableRandom random = new SplittableRandom(3);
    int rows = 300;
    int width = classes.size();
    int[] labels = new int[rows];
    int[] predicted = new int[rows];
    double[] probabilities = new double[rows * width];
    for (int row = 0; row < rows; row++) {
      labels[row] = random.nextInt(width);
      predicted[row] = random.nextInt(5) == 0 ? random.nextInt(width) : labels[row];
      for (int k = 0; k < width; k++) {
        probabilities[row * width + k] = (k == predicted[row] ? 0.6 : 0.4 / Math.max(1, width - 1));
      }
    }
    Evaluation evaluation =
        Evaluation.of(new ScoredRows(classes, labels, probabilities, predicted), 20, 0.95, 1);
    Map<String, Long> counts = new LinkedHashMap<>();
    classes.forEach(label -> counts.put(label, 1L + random.nextInt(100_000)));
    List<TrainingFacts.Trial> all = new ArrayList<>();
    for (int trial = 0; trial < trials; trial++) {
      double score = random.nextDouble();
      all.add(
          new TrainingFacts.Trial(
              trial,
              Map.of("learner.l2", Math.pow(10, -random.nextInt(6)), "features.language", text),
              trial % 9 == 8 ? Double.NaN : score,
              List.of(score - .01, score + .01),
              1.5,
              trial % 9 == 8 ? "failed" : "complete"));
    }
    Map<String, List<TrainingFacts.Term>> terms = new LinkedHashMap<>();
    classes.forEach(label -> terms.put(label, List.of(new TrainingFacts.Term(text, 1.5))));
    return new TrainingFacts(
        text.isEmpty() ? "m" : text,
        3,
        text,
        "macro_f1",
        List.of(text),
        counts,
        counts,
        Optional.of(new TrainingFacts.Sweep("macro_f1", true, all, 0, importance(text))),
        List.of(0.7, 0.4, 0.3, 0.29),
        Optional.of(evaluation),
        List.of(new TrainingFacts.WrongRecord(text, text, text, 1e-9, Map.of(text, text))),
        terms,
        Map.of(text, text),
        Map.of("sweep", 12.5),
        text,
        Optional.of(
            new TrainingFacts.Decision(
                text,
                List.of(
                    new TrainingFacts.DecisionOfClass(text, 0.31, 0.9, 0.8, 0.85),
                    new TrainingFacts.DecisionOfClass(text, Double.NaN, 0.7, 0.6, 0.65)))),
        List.of(new TrainingFacts.Gate(text, text, false, text)));
  }

  private static List<TrainingFacts.Importance> importance(String text) {
    return List.of(
        new TrainingFacts.Importance(List.of("learner.l2"), 0.8123, 0.07),
        new TrainingFacts.Importance(List.of("features.words.min_df" + text), 0.02, 0.05),
        new TrainingFacts.Importance(List.of("learner.l2", text), 0.1, 0.02));
  }

  private static final List<String> MANY =
      IntStream.range(0, 20)
          .mapToObj(
              i ->
                  i % 4 == 0
                      ? "一个很长的类别名称" + i
                      : i % 4 == 1
                          ? "تصنيف " + i
                          : i % 4 == 2 ? "😂🔥" + i : "a_rather_long_class_name_" + i)
          .toList();

  @Property(tries = 50)
  void textFromDataNeverBecomesMarkup(@ForAll String text) throws Exception {
    String html = TrainingReport.html(facts(List.of("a" + text, "b" + text), text, 3));
    assertThat(html).doesNotContain("<script");
    wellFormed(html);
  }

  @Test
  void scriptsInDataAreShownAsText() throws Exception {
    String html = TrainingReport.html(facts(List.of("x" + NASTY, "y" + NASTY), NASTY, 2));
    assertThat(html).doesNotContain("<script").contains("&lt;script&gt;");
    wellFormed(html);
  }

  /** Every drawing is XML by itself. */
  private static void wellFormed(String html) throws Exception {
    Matcher drawings = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(html);
    int count = 0;
    while (drawings.find()) {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(drawings.group())));
      count++;
    }
    assertThat(count).isGreaterThan(5);
  }

  @Test
  void pageNeedsNothingFromOutside() {
    String html = TrainingReport.html(facts(MANY, "text", 30));
    assertThat(html).doesNotContain("http:", "https:", "url(", "@import", "<link", "src=");
    assertThat(html.length()).isLessThan(500_000);
  }

  @Test
  void absentPartsLeaveNoSection() {
    TrainingFacts nothing =
        new TrainingFacts(
            "m",
            1,
            "published",
            "macro_f1",
            List.of(),
            Map.of(),
            Map.of(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            "",
            Optional.empty(),
            List.of());
    assertThat(TrainingReport.html(nothing)).doesNotContain("<section", "NaN", "null");
  }

  @Test
  void thresholdsStandBesideWhatTheyReach() {
    assertThat(TrainingReport.html(facts(List.of("a", "b"), "g_mean", 5)))
        .contains("How labels are chosen", "goal <b>g_mean</b>", ">0.31<", ">0.9000<", ">0.8500<");
  }

  @Test
  void importanceIsABarPerParameterAndASentenceThatSaysWhatItMeans() {
    String html = TrainingReport.html(facts(List.of("a", "b"), "<sampling.weights>", 5));
    assertThat(html)
        .contains(
            "<figcaption>Parameter importance</figcaption>",
            "learner.l2: 81.2 % (74.2 % to 88.2 %)",
            "features.words.min_df&lt;sampling.weights&gt;: 2.0 % (0.0 % to 7.0 %)",
            "learner.l2 × &lt;sampling.weights&gt;: 10.0 % (8.0 % to 12.0 %)",
            "The share of the differences in macro_f1");
  }

  @Test
  void withoutImportanceThereIsNoChartOfIt() {
    String chart =
        SweepSection.html(new TrainingFacts.Sweep("macro_f1", true, List.of(), 0, List.of()));
    assertThat(chart).doesNotContain("importance");
  }

  @Test
  void ticksAreRoundAndWithinTheAxis() {
    assertThat(new Scale(0, 1, 0, 100, false).ticks(5))
        .containsExactly(0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0);
    assertThat(new Scale(1e-4, 1, 0, 100, true).ticks(5)).hasSize(5);
    assertThat(new Scale(3, 3, 0, 100, false).at(3)).isBetween(0.0, 100.0);
  }

  @Test
  void pageFitsPhoneAndDesktop(@TempDir Path folder) throws Exception {
    Browser.assertFits(TrainingReport.html(facts(MANY, "a".repeat(300), 40)), folder);
  }
}
