package dev.lakewright.comparison;

import dev.lakewright.config.DataConfig;
import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.LearnerConfig;
import dev.lakewright.config.Remedy;
import dev.lakewright.errors.ConfigException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The remedies to compare, {@code none} first.
 *
 * @param leftOut remedies that are usually compared, and why they are not here
 */
public record Selection(List<Treatment> treatments, Map<Remedy, String> leftOut) {

  /** What is compared unless somebody names others. */
  private static final Set<Remedy> USUAL =
      EnumSet.of(
          Remedy.CONFIGURED,
          Remedy.BALANCED_WEIGHTS,
          Remedy.EFFECTIVE_NUMBER,
          Remedy.FOCAL,
          Remedy.LOGIT_ADJUSTED,
          Remedy.RANDOM_OVER,
          Remedy.SMOTE,
          Remedy.SMOTE_NC,
          Remedy.SMOTEN,
          Remedy.BORDERLINE_SMOTE_1,
          Remedy.SMOTE_ENN,
          Remedy.RANDOM_UNDER,
          Remedy.NEAR_MISS_1,
          Remedy.BALANCED_BAGGING,
          Remedy.EASY_ENSEMBLE,
          Remedy.AUGMENTATION,
          Remedy.THRESHOLDS);

  /** Between numbers and between values of a category alike. */
  private static final Set<Remedy> INTERPOLATING =
      EnumSet.of(
          Remedy.SMOTE,
          Remedy.BORDERLINE_SMOTE_1,
          Remedy.BORDERLINE_SMOTE_2,
          Remedy.ADASYN,
          Remedy.KMEANS_SMOTE,
          Remedy.SMOTE_TOMEK,
          Remedy.SMOTE_ENN);

  /** Look for the neighbours of rows of every class. */
  private static final Set<Remedy> NEIGHBOURS_OF_EVERY_ROW =
      EnumSet.of(
          Remedy.BORDERLINE_SMOTE_1,
          Remedy.BORDERLINE_SMOTE_2,
          Remedy.ADASYN,
          Remedy.NEAR_MISS_1,
          Remedy.NEAR_MISS_2,
          Remedy.NEAR_MISS_3,
          Remedy.TOMEK,
          Remedy.ENN,
          Remedy.REPEATED_ENN,
          Remedy.ALL_KNN,
          Remedy.CONDENSED,
          Remedy.ONE_SIDED,
          Remedy.NEIGHBOURHOOD_CLEANING,
          Remedy.SMOTE_TOMEK,
          Remedy.SMOTE_ENN);

  /**
   * Chooses.
   *
   * @param config the configuration as it is, which may name remedies
   * @throws ConfigException when a remedy is named that cannot go with the table or the learner
   */
  public static Selection of(LakewrightConfig config, Baseline baseline, long trainingRows) {
    return config.compare().remedies().isEmpty()
        ? suited(config, baseline, trainingRows)
        : named(config, baseline);
  }

  private static Selection named(LakewrightConfig config, Baseline baseline) {
    Set<Remedy> remedies = new LinkedHashSet<>(List.of(Remedy.NONE));
    remedies.addAll(config.compare().remedies());
    for (Remedy remedy : remedies) {
      impossible(remedy, config, baseline)
          .ifPresent(
              reason -> {
                throw new ConfigException(
                    "compare.remedies names %s, but %s; leave it out"
                        .formatted(remedy.word(), reason));
              });
    }
    return new Selection(
        remedies.stream().map(remedy -> Treatment.of(remedy, baseline)).toList(), Map.of());
  }

  private static Selection suited(LakewrightConfig config, Baseline baseline, long rows) {
    List<Treatment> treatments = new ArrayList<>(List.of(Treatment.of(Remedy.NONE, baseline)));
    Map<Remedy, String> leftOut = new LinkedHashMap<>();
    for (Remedy remedy : USUAL) {
      Optional<String> reason =
          impossible(remedy, config, baseline).or(() -> unadvised(remedy, config, rows));
      if (reason.isPresent()) {
        leftOut.put(remedy, reason.get());
      } else {
        treatments.add(Treatment.of(remedy, baseline));
      }
    }
    leftOut.remove(Remedy.CONFIGURED);
    return new Selection(treatments, leftOut);
  }

  private static Optional<String> impossible(
      Remedy remedy, LakewrightConfig config, Baseline baseline) {
    DataConfig data = config.data();
    boolean others = !data.text().isEmpty() || !data.numeric().isEmpty();
    FeaturesConfig.Language language = config.features().language();
    return switch (remedy) {
      case CONFIGURED ->
          when(
              baseline.configured().isEmpty(),
              "sampling, ensemble and learner say nothing of remedies");
      case SMOTE_NC ->
          when(
              data.categorical().isEmpty() || !others,
              "it needs categorical columns beside others");
      case SMOTEN ->
          when(data.categorical().isEmpty() || others, "it is for categorical columns alone");
      case FOCAL, LOGIT_ADJUSTED ->
          when(
              config.learner().type() == LearnerConfig.Type.SQUARED_HINGE,
              "it is of the logistic loss, and learner.type is squared_hinge");
      case AUGMENTATION ->
          when(data.text().isEmpty(), "there is no text column (data.text)")
              .or(
                  () ->
                      when(
                          language == FeaturesConfig.Language.CHINESE
                              || language == FeaturesConfig.Language.ICU,
                          "its synonyms are English, and features.language is %s"
                              .formatted(language.name().toLowerCase(java.util.Locale.ROOT))));
      default -> Optional.empty();
    };
  }

  private static Optional<String> unadvised(Remedy remedy, LakewrightConfig config, long rows) {
    return when(
            INTERPOLATING.contains(remedy) && !config.data().categorical().isEmpty(),
            "it would make fractions of categories")
        .or(
            () ->
                when(
                    NEIGHBOURS_OF_EVERY_ROW.contains(remedy)
                        && rows > config.compare().neighbourRows(),
                    "it looks for the neighbours of every row, of which there are more than compare.neighbour_rows: %d"
                        .formatted(config.compare().neighbourRows())));
  }

  private static Optional<String> when(boolean holds, String reason) {
    return holds ? Optional.of(reason) : Optional.empty();
  }
}
