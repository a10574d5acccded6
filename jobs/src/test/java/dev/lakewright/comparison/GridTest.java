package dev.lakewright.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.Remedy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is tried of every remedy. */
class GridTest {

  private static List<Map<String, Object>> grid(String... settings) {
    LakewrightConfig config =
        ConfigDocument.load(Optional.empty(), List.of(settings), Map.of())
            .bind(LakewrightConfig.class);
    return Grid.of(config.tune().space(), config.compare());
  }

  @Test
  void withoutAStrengthInTheSpaceThoseOfTheComparisonAreTried() {
    assertThat(grid("compare.penalties=[0.1, 0.01]"))
        .containsExactly(Map.of("learner.l2", 0.1), Map.of("learner.l2", 0.01));
    assertThat(grid("tune.space.learner.l2=[0.5]")).containsExactly(Map.of("learner.l2", 0.5));
  }

  @Test
  void otherListedValuesAreCombined() {
    assertThat(grid("tune.space.learner.intercept=[true, false]")).hasSize(2 * 3);
  }

  @Test
  void aRemedysPointsHoldItsSettings() {
    Treatment smote = new Treatment(Remedy.SMOTE, Map.of("sampling.method", "smote"));
    assertThat(Grid.points(smote, grid("tune.space.learner.l2=[0.5]")))
        .containsExactly(Map.of("sampling.method", "smote", "learner.l2", 0.5));
  }

  @Test
  void whatRemediesSetAndWhatHasNoEndIsRefused() {
    assertThatThrownBy(() -> grid("tune.space={sampling.weights: [none, balanced]}"))
        .hasMessage(
            "tune.space varies sampling.weights, which compare-imbalance sets itself; leave it out, or choose with compare.remedies");
    assertThatThrownBy(() -> grid("tune.space={learner.l2: {log_uniform: [1e-5, 1]}}"))
        .hasMessageContaining("learner.l2 is a range");
  }
}
