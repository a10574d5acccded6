package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.SamplingConfig.Method;
import dev.lakewright.ensemble.EnsembleRows;
import dev.lakewright.ensemble.TrainedModel;
import dev.lakewright.features.FeatureBlock;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.lake.SparkForTests;
import dev.lakewright.linear.LinearSolution;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.Featurizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing of a validation row tells on what is learnt without its fold. Two tables differ in the
 * rows of fold 0 alone, of which one has all labels changed, and in every feature a marker that no
 * other row has: whatever is trained on without fold 0 is the same to the last bit.
 */
class UntouchedValidationTest {

  private static final int MARKED = 0;
  private static final int OTHER = 1;

  private static final FoldTask.Effort FULL = new FoldTask.Effort(1, 1, 1, 0);

  /** Tables by what was counted of them. */
  private static final Map<String, Table> TABLES = new HashMap<>();

  @TempDir static Path folder;

  /** Rows of a table as a fold's task has them. */
  private record Table(CountedSweep counted, List<String> classes) {

    Featurizer featurizerWithout(int fold) {
      return counted.featurizerWithout(fold);
    }

    FoldRows fold(int fold) {
      List<FeatureBlock> blocks = counted.blocks().value();
      return FoldRows.weigh(blocks, featurizerWithout(fold), classes.size(), fold, FULL);
    }
  }

  @BeforeAll
  static void tables() {
    String columns =
        "SELECT concat('r', id) AS id, pmod(hash(id, 5), 3) AS fold,"
            + " if((id %% 5 = 0) %1$s, 'rare', 'usual') AS label,"
            + " concat_ws(' ', transform(sequence(1, 6), i -> concat('w', pmod(hash(id, i), 12),"
            + " if(id %% 5 = 0 AND i < 4, 'rare', ''))), 'happy' %2$s) AS text,"
            + " pmod(hash(id), 100) / 10.0 + if(id %% 5 = 0, 3, 0) %3$s AS height,"
            + " concat('c', pmod(hash(id, 2), 4) %4$s) AS city,"
            + " concat('t', pmod(hash(id, 3), 3) %4$s) AS tariff FROM range(240)";
    Trials.table(folder.resolve("clean"), columns.formatted("", "", "", ""));
    String marks = "if(pmod(hash(id, 5), 3) = 0, %s, %s)";
    Trials.table(
        folder.resolve("marked"),
        columns.formatted(
            "= (pmod(hash(id, 5), 3) > 0)",
            "," + marks.formatted("'planted planted'", "''"),
            "+" + marks.formatted("1e6", "0"),
            "+" + marks.formatted("100", "0")));
  }

  @AfterAll
  static void forget() {
    TABLES.values().forEach(table -> table.counted().close());
    TABLES.clear();
  }

  private static LakewrightConfig config(String table, List<String> columns, String... settings) {
    List<String> common =
        List.of(
            "data.table=" + folder.resolve(table).resolve("table"),
            "data.id=id",
            "data.split.test=0",
            "tune.folds=3",
            "tune.by=column",
            "tune.column=fold",
            "tune.plan=task_parallel",
            "features.words={ngrams: [1, 1], hash_bits: 12}",
            "sampling.seed=11");
    List<String> all = new ArrayList<>(common);
    all.addAll(columns);
    return Trials.config(all, settings);
  }

  private static Table table(LakewrightConfig config) {
    Counting counting = Counting.of(Trials.trial(config));
    // rows are mixed long after they were counted
    Object counted = counting.augmentation().altersTexts() ? counting : counting.features();
    return TABLES.computeIfAbsent(
        config.data().toString() + counted,
        absent -> {
          LabelledRows rows = Trials.rows(config);
          JavaSparkContext spark =
              JavaSparkContext.fromSparkContext(SparkForTests.session().sparkContext());
          return new Table(
              CountedSweep.count(spark, rows, counting, config.tune(), Plan.Room.of(spark, 0)),
              rows.classes());
        });
  }

  private static List<String> suitable(Method method) {
    return switch (method) {
      case SMOTEN -> List.of("data.categorical=[city, tariff]");
      case SMOTE_NC -> List.of("data.numeric=[height]", "data.categorical=[city]");
      default -> List.of("data.text=[text]", "data.numeric=[height]");
    };
  }

  @ParameterizedTest
  @EnumSource(value = Method.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void rowsAreResampledAsIfOthersWereNotThere(Method method) {
    requireUntouched(suitable(method), "sampling.method=" + method.word());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sampling.augmentation={copies: 3, synonyms: 0.5, swap: 0.2, deletion: 0.2, insertion: 0.2}",
        "sampling.augmentation={copies: 2, character_noise: 0.3}",
        "sampling.augmentation={mix_up: 2}",
        "sampling.augmentation={mix_up: 1, mix_up_partners: any}",
        "sampling={method: smote_enn, augmentation: {copies: 1, mix_up: 1}}",
        "sampling.weights=balanced",
        "sampling={weights: effective_number, beta: 0.99}",
        "features.words={mode: vocabulary, ngrams: [1, 2], min_df: 2}"
      })
  void rowsAreMadeAndWeighedAsIfOthersWereNotThere(String setting) {
    requireUntouched(suitable(Method.NONE), setting);
  }

  @ParameterizedTest
  @ValueSource(strings = {"balanced_bagging", "easy_ensemble", "rus_boost"})
  void membersOfEnsemblesDrawAsIfOthersWereNotThere(String type) {
    requireUntouched(suitable(Method.NONE), "ensemble={type: " + type + ", members: 3, rounds: 2}");
  }

  private static void requireUntouched(List<String> columns, String setting) {
    LakewrightConfig config = config("clean", columns, setting);
    Table clean = table(config);
    Table marked = table(config("marked", columns, setting));
    FoldTask.Candidate candidate = FoldTask.Candidate.of(Trials.trial(config));

    assertThat(learnt(marked, MARKED, candidate)).isEqualTo(learnt(clean, MARKED, candidate));
    assertThat(lines(marked.fold(MARKED).validation().matrix()))
        .as("the markers")
        .isNotEqualTo(lines(clean.fold(MARKED).validation().matrix()));
    assertThat(learnt(marked, OTHER, candidate))
        .as("where marked rows are trained on")
        .isNotEqualTo(learnt(clean, OTHER, candidate));
  }

  /** All that is trained on without a fold, and what comes of it; of validation rows nothing. */
  private static List<String> learnt(Table table, int fold, FoldTask.Candidate candidate) {
    FoldRows rows = table.fold(fold);
    Featurizer featurizer = table.featurizerWithout(fold);
    EnsembleRows given =
        new EnsembleRows(
            rows.training(), Optional.of(rows.validation().matrix()), table.classes().size());
    List<String> validation = lines(rows.validation().matrix());
    EnsembleRows treated = RowTreatment.of(candidate).apply(given, featurizer, table.classes());
    TaskTraining.Trained trained =
        new TaskTraining(given, rows.inTable(), featurizer, table.classes(), FULL::limit)
            .train(List.of(candidate), 0)
            .get(0);
    assertThat(lines(treated.validation().orElseThrow()))
        .as("what is measured on is not treated")
        .isEqualTo(validation);
    List<String> learnt = new ArrayList<>(lines(treated.training()));
    learnt.addAll(lines(trained.model()));
    learnt.add(Arrays.toString(trained.priorShifts()));
    return learnt;
  }

  private static List<String> lines(RowMatrix matrix) {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < matrix.rows(); row++) {
      int from = matrix.starts()[row];
      int to = matrix.starts()[row + 1];
      lines.add(
          "%d × %s: %s %s"
              .formatted(
                  matrix.label(row),
                  matrix.weight(row),
                  Arrays.toString(Arrays.copyOfRange(matrix.columns(), from, to)),
                  Arrays.toString(Arrays.copyOfRange(matrix.values(), from, to))));
    }
    return lines;
  }

  private static List<String> lines(TrainedModel model) {
    List<String> lines = new ArrayList<>(List.of(Arrays.toString(model.votes())));
    for (LinearSolution member : model.members()) {
      lines.add(Arrays.toString(member.weights()) + Arrays.toString(member.intercepts()));
    }
    return lines;
  }
}
