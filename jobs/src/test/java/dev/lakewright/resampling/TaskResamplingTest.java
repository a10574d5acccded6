package dev.lakewright.resampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.SamplingConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.GenericRow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class TaskResamplingTest {

  private static final List<String> CLASSES = List.of("lily", "rose");
  private static final List<String> NUMBERS = List.of("width", "petals");
  private static final List<String> COLOURS = List.of("blue", "red", "white");

  @ParameterizedTest
  @EnumSource(
      value = SamplingConfig.Method.class,
      mode = Mode.EXCLUDE,
      names = {"NONE", "RANDOM_OVER", "RANDOM_UNDER"}) // never in one task
  void whatBecomesOfRowsDoesNotDependOnTheOrderInWhichTheyArrive(SamplingConfig.Method method) {
    List<Row> rows = rows(method);
    List<String> resampled = resampled(method, rows);
    for (int seed = 1; seed <= 3; seed++) {
      List<Row> shuffled = new ArrayList<>(rows);
      Collections.shuffle(shuffled, new Random(seed));
      assertThat(resampled(method, shuffled)).isEqualTo(resampled);
    }
    assertThat(resampled).isNotEmpty();
  }

  private static List<String> resampled(SamplingConfig.Method method, List<Row> rows) {
    String words = method.name().toLowerCase(Locale.ROOT);
    LakewrightConfig config =
        ConfigDocument.load(Optional.empty(), List.of("sampling.method=" + words), Map.of())
            .bind(LakewrightConfig.class);
    TaskResampling task =
        new TaskResampling(encoding(method), CLASSES, config.sampling(), config.learner(), true);
    List<String> out = new ArrayList<>();
    Iterator<Row> made = task.call(rows.iterator());
    made.forEachRemaining(row -> out.add(Arrays.deepToString(((GenericRow) row).values())));
    return out;
  }

  private static TableEncoding encoding(SamplingConfig.Method method) {
    return switch (method) {
      case SMOTEN -> new TableEncoding(List.of(), List.of("colour"), List.of(COLOURS));
      case SMOTE_NC -> new TableEncoding(NUMBERS, List.of("colour"), List.of(COLOURS));
      default -> new TableEncoding(NUMBERS, List.of(), List.of());
    };
  }

  /** Row number, class, then what the encoding reads. */
  private static List<Row> rows(SamplingConfig.Method method) {
    TableEncoding encoding = encoding(method);
    Random random = new Random(7);
    List<Row> rows = new ArrayList<>();
    for (long number = 0; number < 100; number++) {
      boolean lily = number % 5 < 3;
      List<Object> values = new ArrayList<>(List.of(number, CLASSES.get(lily ? 0 : 1)));
      encoding.numeric().forEach(name -> values.add(random.nextGaussian() + (lily ? 0 : 1)));
      encoding.categorical().forEach(name -> values.add(COLOURS.get(random.nextInt(3))));
      rows.add(RowFactory.create(values.toArray()));
    }
    return rows;
  }
}
