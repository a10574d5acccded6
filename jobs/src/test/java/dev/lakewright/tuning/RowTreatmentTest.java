package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.sampling.ClassCounts;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowTreatmentTest {

  private static final ClassCounts ROWS =
      new ClassCounts(List.of("usual", "rare"), new long[] {80, 20});

  /** Of 100 rows, of which 20 are of the rare class. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 0",
        "{augmentation: {copies: 1}} | 0",
        "{method: smote} | 1.6",
        // the rows again, and 20 mixtures of two rows' features
        "{augmentation: {mix_up: 1}} | 1.4",
        // each mixture is there for both of its classes
        "{augmentation: {mix_up: 1, mix_up_partners: any}} | 1.8",
        // no more than what the rare class lacks
        "{augmentation: {mix_up: 100}} | 2.2",
        "{augmentation: {mix_up: 1, target: all}} | 3",
        "{method: random_under, augmentation: {mix_up: 1, target: all}} | 1.6",
        "{method: smote, augmentation: {mix_up: 1}} | 3.2"
      })
  void roomIsKeptForWhatIsMadeOfTheRows(String sampling, double growth) {
    SamplingConfig config = Trials.config(List.of("sampling=" + sampling)).sampling();

    assertThat(RowTreatment.growth(config, ROWS)).isEqualTo(growth);
  }
}
