package dev.lakewright.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.config.AugmentationConfig;
import dev.lakewright.config.AugmentationConfig.Partners;
import dev.lakewright.config.AugmentationConfig.Target;
import dev.lakewright.config.Folds;
import dev.lakewright.errors.ConfigException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** How many copies a class gets, to the row, whatever fold is left out. */
class CopySelectionTest {

  private static final List<String> CLASSES = List.of("large", "middle", "small");
  private static final int FOLDS = 3;

  private record Sample(int label, int fold, long draw) {}

  private static AugmentationConfig config(int copies, Target target, Map<String, Long> counts) {
    return new AugmentationConfig(
        copies, 0.1, 0.1, 0.1, 0.1, 0, target, counts, 0, 0.2, Partners.SAME, 7);
  }

  private static List<Sample> rows(int large, int middle, int small, long seed) {
    List<Sample> rows = new ArrayList<>();
    int[] sizes = {large, middle, small};
    for (int label = 0; label < sizes.length; label++) {
      for (int i = 0; i < sizes[label]; i++) {
        long draw = RecordDraw.of(seed, rows.size(), 0);
        rows.add(new Sample(label, (int) Math.floorMod(draw >> 7, FOLDS), draw));
      }
    }
    return rows;
  }

  private static CopySelection select(List<Sample> rows, AugmentationConfig config) {
    DrawHistogram histogram = new DrawHistogram(new Folds(FOLDS, false), CLASSES.size());
    Map<CopyPlan.Cell, List<CopyPlan.Drawn>> drawn = new HashMap<>();
    for (Sample row : rows) {
      histogram.add(row.fold(), row.label(), row.draw());
      drawn
          .computeIfAbsent(CopyPlan.Cell.of(row.label(), row.draw()), cell -> new ArrayList<>())
          .add(new CopyPlan.Drawn(row.fold(), row.draw()));
    }
    return histogram.plan(config, CLASSES).select(drawn);
  }

  private static long[] rowsWithout(List<Sample> rows, int without) {
    long[] counts = new long[CLASSES.size()];
    rows.stream().filter(row -> row.fold() != without).forEach(row -> counts[row.label()]++);
    return counts;
  }

  private static long[] copiesWithout(List<Sample> rows, CopySelection selection, int without) {
    long[] counts = new long[CLASSES.size()];
    for (Sample row : rows) {
      int most = selection.most(row.fold(), row.label(), row.draw());
      for (int copy = 1; copy <= most + 1; copy++) {
        if (selection.takes(without, row.fold(), row.label(), row.draw(), copy)) {
          assertThat(copy).isLessThanOrEqualTo(most);
          assertThat(row.fold()).isNotEqualTo(without);
          counts[row.label()]++;
        }
      }
    }
    return counts;
  }

  @Property(tries = 60)
  void classesReachTheLargestOrGetAllTheirCopiesInEveryTraining(
      @ForAll @IntRange(min = 200, max = 900) int large,
      @ForAll @IntRange(min = 1, max = 600) int middle,
      @ForAll @IntRange(min = 1, max = 90) int small,
      @ForAll @IntRange(min = 1, max = 6) int copies,
      @ForAll long seed) {
    List<Sample> rows = rows(large, middle, small, seed);
    CopySelection selection = select(rows, config(copies, Target.MAJORITY, Map.of()));
    for (int without = -1; without < FOLDS; without++) {
      long[] there = rowsWithout(rows, without);
      long most = Math.max(there[0], Math.max(there[1], there[2]));
      long[] made = copiesWithout(rows, selection, without);
      for (int k = 0; k < there.length; k++) {
        assertThat(made[k]).isEqualTo(Math.min(most - there[k], copies * there[k]));
      }
    }
  }

  @Test
  void targetAllGivesEveryRowItsCopies() {
    List<Sample> rows = rows(30, 20, 10, 1);
    CopySelection selection = select(rows, config(2, Target.ALL, Map.of()));
    assertThat(copiesWithout(rows, selection, -1)).containsExactly(60, 40, 20);
  }

  @Test
  void countsSayWhatToReachAndOthersGetNone() {
    List<Sample> rows = rows(30, 20, 10, 1);
    Map<String, Long> counts = Map.of("small", 17L, "middle", 5L);
    CopySelection selection = select(rows, config(4, Target.MAJORITY, counts));
    assertThat(copiesWithout(rows, selection, -1)).containsExactly(0, 0, 7);
  }

  @Test
  void aClassThatIsNotThereIsRefusedByName() {
    assertThatThrownBy(
            () -> select(rows(3, 3, 3, 1), config(1, Target.MAJORITY, Map.of("smal", 5L))))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "sampling.augmentation.counts names the class smal, but the training rows hold only"
                + " [large, middle, small]");
  }
}
