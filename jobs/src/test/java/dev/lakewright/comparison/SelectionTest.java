package dev.lakewright.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.Remedy;
import dev.lakewright.errors.ConfigException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which remedies are compared. */
class SelectionTest {

  private static Selection select(long rows, String... settings) {
    ConfigDocument document = ConfigDocument.load(Optional.empty(), List.of(settings), Map.of());
    return Selection.of(document.bind(LakewrightConfig.class), Baseline.of(document), rows);
  }

  private static List<Remedy> remedies(Selection selection) {
    return selection.treatments().stream().map(Treatment::remedy).toList();
  }

  @Test
  void textGetsInterpolationAndAugmentationButNothingForCategories() {
    List<Remedy> remedies = remedies(select(1000, "data.text=[text]"));
    assertThat(remedies.get(0)).isEqualTo(Remedy.NONE);
    assertThat(remedies)
        .contains(Remedy.SMOTE, Remedy.SMOTE_ENN, Remedy.AUGMENTATION, Remedy.THRESHOLDS)
        .doesNotContain(Remedy.SMOTE_NC, Remedy.SMOTEN, Remedy.CONFIGURED);
  }

  @Test
  void categoriesGetTheMethodsThatKeepThemWhole() {
    assertThat(remedies(select(1000, "data.numeric=[age]", "data.categorical=[city]")))
        .contains(Remedy.SMOTE_NC, Remedy.RANDOM_OVER)
        .doesNotContain(
            Remedy.SMOTE, Remedy.SMOTEN, Remedy.BORDERLINE_SMOTE_1, Remedy.AUGMENTATION);
    assertThat(remedies(select(1000, "data.categorical=[city]")))
        .contains(Remedy.SMOTEN)
        .doesNotContain(Remedy.SMOTE_NC);
  }

  @Test
  void augmentationIsForLanguagesItMayKnow() {
    Selection selection = select(1000, "data.text=[text]", "features.language=chinese");
    assertThat(selection.leftOut())
        .containsEntry(
            Remedy.AUGMENTATION, "its synonyms are English, and features.language is chinese");
  }

  @Test
  void manyRowsLeaveOutWhatLooksForTheNeighboursOfEachUnlessNamed() {
    assertThat(remedies(select(20_001, "data.text=[text]")))
        .contains(Remedy.SMOTE)
        .doesNotContain(Remedy.NEAR_MISS_1, Remedy.SMOTE_ENN);
    assertThat(
            remedies(select(20_001, "data.text=[text]", "compare.remedies=[near_miss_1, smote]")))
        .containsExactly(Remedy.NONE, Remedy.NEAR_MISS_1, Remedy.SMOTE);
  }

  @Test
  void aNamedRemedyThatCannotGoWithTheTableIsRefused() {
    assertThatThrownBy(() -> select(10, "data.text=[text]", "compare.remedies=[smote_nc]"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "compare.remedies names smote_nc, but it needs categorical columns beside others; leave it out");
    assertThatThrownBy(
            () ->
                select(
                    10,
                    "data.text=[text]",
                    "compare.remedies=[focal]",
                    "learner.type=squared_hinge"))
        .hasMessageContaining("it is of the logistic loss, and learner.type is squared_hinge");
  }

  @Test
  void whatTheConfigurationSaysOfRemediesIsOneOfThemAndNotInTheOthers() {
    ConfigDocument document =
        ConfigDocument.load(
            Optional.empty(),
            List.of(
                "data.text=[text]",
                "sampling={weights: balanced, method: tomek, remove_from: [a]}",
                "ensemble.type=rus_boost",
                "learner={type: focal, l2: 0.5, alpha: {a: 2}, logit_adjustment: 0.5}",
                "thresholds.goal=f1"),
            Map.of());
    Baseline baseline = Baseline.of(document);
    LakewrightConfig bare = baseline.document().bind(LakewrightConfig.class);
    LakewrightConfig empty =
        ConfigDocument.load(Optional.empty(), List.of("learner.l2=0.5"), Map.of())
            .bind(LakewrightConfig.class);
    assertThat(bare.sampling()).isEqualTo(empty.sampling());
    assertThat(bare.ensemble()).isEqualTo(empty.ensemble());
    assertThat(bare.learner()).isEqualTo(empty.learner());
    assertThat(bare.thresholds()).isEqualTo(empty.thresholds());

    ConfigDocument again = baseline.document();
    for (Map.Entry<String, Object> setting : baseline.configured().entrySet()) {
      again = again.with(setting.getKey(), setting.getValue());
    }
    LakewrightConfig configured = document.bind(LakewrightConfig.class);
    assertThat(again.bind(LakewrightConfig.class).sampling()).isEqualTo(configured.sampling());
    assertThat(again.bind(LakewrightConfig.class).ensemble()).isEqualTo(configured.ensemble());
    assertThat(again.bind(LakewrightConfig.class).learner()).isEqualTo(configured.learner());
    assertThat(remedies(Selection.of(document.bind(LakewrightConfig.class), baseline, 10)))
        .contains(Remedy.CONFIGURED);
  }

  @Test
  void settingsThatTreatNothingAreNoRemedy() {
    assertThat(
            remedies(select(10, "data.text=[text]", "ensemble.members=3", "sampling.neighbours=4")))
        .doesNotContain(Remedy.CONFIGURED);
  }

  @Test
  void everyRemedyIsAConfigurationThatBinds() {
    ConfigDocument document =
        ConfigDocument.load(
            Optional.empty(), List.of("data.text=[text]", "sampling.weights=balanced"), Map.of());
    Baseline baseline = Baseline.of(document);
    for (Remedy remedy : Remedy.values()) {
      ConfigDocument with = baseline.document();
      for (Map.Entry<String, Object> setting :
          Treatment.of(remedy, baseline).settings().entrySet()) {
        with = with.with(setting.getKey(), setting.getValue());
      }
      assertThat(with.bind(LakewrightConfig.class)).isNotNull();
    }
  }
}
