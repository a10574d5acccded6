package dev.lakewright.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lakewright.calibration.Calibration;
import dev.lakewright.calibration.Thresholds;
import dev.lakewright.config.CategoricalConfig;
import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.config.FeaturesConfig.Language;
import dev.lakewright.config.NumericConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Small models that between them have every kind of feature and scorer. */
final class SampleModels {

  static final RecordSchema SCHEMA =
      new RecordSchema(List.of("subject", "body"), List.of("amount"), List.of("city"));

  static final List<FeatureRecord> ROWS =
      List.of(
          row("Free money", "Claim your prize now!!!", 1000, "Paris"),
          row("Lunch?", "See you at noon, the usual place", Double.NaN, "Rome"),
          row("Re: minutes", "the minutes of the meeting are attached", 3.5, null),
          row("免费 money 😀", "прибыль прибыль", -20, "Rome"),
          row("", "", 0, "Oslo"));

  private SampleModels() {}

  /** Hashed words and characters, standardized numbers, one-hot categories; two classes. */
  static Classifier binary() {
    FeaturesConfig config =
        new FeaturesConfig(
            Language.STANDARD,
            true,
            Optional.of(Configs.hashed(1, 2, 10)),
            Optional.of(Configs.hashed(3, 5, 10, true)),
            Configs.numeric(NumericConfig.Impute.MEDIAN, NumericConfig.Encode.STANDARDIZE),
            Configs.categorical(CategoricalConfig.Encode.ONE_HOT, 2));
    return classifier(
        config,
        List.of("ham", "spam"),
        new Calibration.Temperature(1.7),
        new Thresholds.PerClass(new double[] {0.4, 0.6}));
  }

  /** As {@link #binary}, its probabilities for other class shares than it was trained on. */
  static Classifier corrected() {
    Classifier binary = binary();
    return new Classifier(
        binary.labels(),
        binary.featurizer(),
        binary.scorer(),
        binary.calibration().withPriors(new double[] {-0.05, -2.3}),
        binary.thresholds(),
        binary.terms(),
        binary.provenance());
  }

  /** A vocabulary of English stems, bins, hashed categories; three classes. */
  static Classifier ternary() {
    FeaturesConfig config =
        new FeaturesConfig(
            Language.ENGLISH,
            true,
            Optional.of(Configs.vocabulary(1, 2, 20, 1, 0.9)),
            Optional.empty(),
            Configs.numeric(NumericConfig.Impute.ZERO, NumericConfig.Encode.BINS),
            Configs.categorical(CategoricalConfig.Encode.HASHED, 2));
    return classifier(
        config,
        List.of("advert", "private", "work"),
        new Calibration.Softmax(),
        new Thresholds.MostProbable());
  }

  /** The first model's features and classes, scored by three members' mean. */
  static Classifier bagged() {
    return voting(binary(), EnsembleScorer.Vote.SOFT);
  }

  /** The second model's, scored by three members' decisions. */
  static Classifier boosted() {
    return voting(ternary(), EnsembleScorer.Vote.BOOSTED);
  }

  static List<Classifier> all() {
    return List.of(binary(), ternary(), bagged(), boosted());
  }

  private static Classifier voting(Classifier like, EnsembleScorer.Vote vote) {
    SplittableRandom random = new SplittableRandom(11);
    int features = like.featurizer().size();
    int classes = like.labels().size();
    List<LinearScorer> members =
        Stream.generate(() -> member(features, classes, random)).limit(3).toList();
    return new Classifier(
        like.labels(),
        like.featurizer(),
        new EnsembleScorer(vote, new double[] {1, 0.5, 2}, members),
        like.calibration(),
        like.thresholds(),
        like.terms(),
        like.provenance());
  }

  /** Knows every other feature, about. */
  private static LinearScorer member(int features, int classes, SplittableRandom random) {
    int outputs = LinearScorer.outputs(classes);
    float[] weights = new float[features * outputs];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextBoolean() ? (float) random.nextDouble(-3, 3) : 0;
    }
    return new LinearScorer(features, classes, weights, random.doubles(outputs, -1, 1).toArray());
  }

  private static Classifier classifier(
      FeaturesConfig config, List<String> labels, Calibration calibration, Thresholds thresholds) {
    Featurizer featurizer = Fitting.fit(config, SCHEMA, ROWS);
    SplittableRandom random = new SplittableRandom(7);
    int outputs = labels.size() == 2 ? 1 : labels.size();
    float[] weights = new float[featurizer.size() * outputs];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextDouble(-3, 3);
    }
    return new Classifier(
        labels,
        featurizer,
        new LinearScorer(
            featurizer.size(), labels.size(), weights, random.doubles(outputs, -1, 1).toArray()),
        calibration,
        thresholds,
        Map.of(0, "subject words \"free\""),
        JsonNodeFactory.instance.objectNode().put("table", "lake/mail").put("version", 12));
  }

  private static FeatureRecord row(String subject, String body, double amount, String city) {
    return new FeatureRecord(
        new String[] {subject, body}, new double[] {amount}, new String[] {city});
  }

  /** Margins and probabilities of every row, as exact hexadecimal numbers, and the labels. */
  static List<String> scores(Classifier classifier) {
    return ROWS.stream().map(row -> score(classifier, row)).toList();
  }

  static String score(Classifier classifier, FeatureRecord row) {
    Classifier.Session session = classifier.newSession();
    double[] margins = new double[classifier.labels().size()];
    double[] probabilities = new double[margins.length];
    session.margins(row, margins);
    int label = session.predict(row, probabilities);
    StringBuilder score = new StringBuilder(classifier.labels().get(label));
    for (double margin : margins) {
      score.append(' ').append(Double.toHexString(margin));
    }
    for (double probability : probabilities) {
      score.append(' ').append(Double.toHexString(probability));
    }
    return score.toString();
  }
}
