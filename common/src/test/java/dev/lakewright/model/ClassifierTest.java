package dev.lakewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.errors.DataException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ClassifierTest {

  private static final Classifier BINARY = SampleModels.binary();
  private static final Classifier TERNARY = SampleModels.ternary();

  @Test
  void classifiesARecordOfNamedValues() {
    Prediction prediction =
        BINARY.classify(
            Map.of("subject", "Free money", "body", "now", "amount", 1000, "city", "Paris"));

    assertThat(prediction.probabilities().keySet()).containsExactly("ham", "spam");
    assertThat(prediction.probabilities().values().stream().mapToDouble(p -> p).sum())
        .isBetween(1 - 1e-12, 1 + 1e-12);
    assertThat(prediction.label()).isIn("ham", "spam");
  }

  @Test
  void takesAbsentAndNullValuesForMissing() {
    Map<String, Object> nulls = new HashMap<>();
    BINARY.schema().columns().forEach(column -> nulls.put(column, null));

    assertThat(BINARY.classify(nulls)).isEqualTo(BINARY.classify(Map.of("unknown", 1)));
    assertThat(BINARY.features(nulls).texts()).containsExactly("", "");
  }

  @Test
  void readsWholeNumbersAndBooleansAsCategories() {
    assertThat(BINARY.features(Map.of("city", 75)).categories()).containsExactly("75");
    assertThat(BINARY.features(Map.of("city", true)).categories()).containsExactly("true");
  }

  @Test
  void refusesValuesOfTheWrongType() {
    assertRefused(
        Map.of("body", 7),
        "column body must be text, not 7 (Integer); send it so, or leave it out");
    assertRefused(
        Map.of("amount", "much"),
        "column amount must be a number, not much (String); send it so, or leave it out");
    assertRefused(
        Map.of("city", 1.5),
        "column city must be text, a whole number or a boolean, not 1.5 (Double); send it so, or"
            + " leave it out");
    assertRefused(
        Map.of("amount", Double.POSITIVE_INFINITY),
        "column amount must be a finite number, not Infinity; leave it out where it is missing");
  }

  private static void assertRefused(Map<String, ?> values, String message) {
    assertThatThrownBy(() -> BINARY.classify(values))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  @Test
  void refusesPartsThatDoNotFit() {
    assertThatThrownBy(() -> with(List.of("ham", "ham"), BINARY.featurizer()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a scorer of 2 classes needs as many different labels, not [ham, ham]");
    assertThatThrownBy(() -> with(BINARY.labels(), TERNARY.featurizer()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the featurizer makes %d features, and the scorer takes %d"
                .formatted(TERNARY.featurizer().size(), BINARY.featurizer().size()));
  }

  private static Classifier with(List<String> labels, Featurizer featurizer) {
    return new Classifier(
        labels,
        featurizer,
        BINARY.scorer(),
        BINARY.calibration(),
        BINARY.thresholds(),
        BINARY.terms(),
        BINARY.provenance());
  }

  @Test
  void describesFeaturesByTheirNamesWhereGiven() {
    assertThat(BINARY.describe(0)).isEqualTo("subject words \"free\"");
    assertThat(BINARY.describe(1)).matches("subject words bucket \\d+");
  }

  @Test
  void describesEveryFeatureOnce() {
    for (Classifier classifier : List.of(BINARY, TERNARY)) {
      Featurizer featurizer = classifier.featurizer();
      assertThat(IntStream.range(0, featurizer.size()).mapToObj(featurizer::describe))
          .hasSize(featurizer.size())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void keepsItsProvenanceFromChange() {
    ((ObjectNode) BINARY.provenance()).put("table", "another");

    assertThat(BINARY.provenance().path("table").asText()).isEqualTo("lake/mail");
  }

  @Test
  void scoresTheSameBitsOnEveryThread() {
    List<CompletableFuture<List<String>>> running =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> SampleModels.scores(BINARY)))
            .toList();
    List<List<String>> scores = running.stream().map(CompletableFuture::join).toList();

    assertThat(scores).containsOnly(SampleModels.scores(BINARY));
  }

  @Property(tries = 300)
  void scoresAnyTextWhateverTheSessionReadBefore(@ForAll("anyText") String text) {
    FeatureRecord row =
        new FeatureRecord(new String[] {text, text}, new double[] {1}, new String[] {text});
    for (Classifier classifier : List.of(BINARY, TERNARY)) {
      double[] fresh = new double[classifier.labels().size()];
      classifier.newSession().predict(row, fresh);
      double[] used = new double[fresh.length];
      Classifier.Session session = classifier.newSession();
      SampleModels.ROWS.forEach(earlier -> session.predict(earlier, used));
      session.predict(row, used);

      assertThat(used).isEqualTo(fresh);
      assertThat(fresh).doesNotContain(Double.NaN);
    }
  }

  /** Strings of any UTF-16 units, paired or not. */
  @Provide
  Arbitrary<String> anyText() {
    return Arbitraries.oneOf(
        Arbitraries.strings(), Arbitraries.strings().withCharRange('\u0000', '\uFFFF'));
  }
}
