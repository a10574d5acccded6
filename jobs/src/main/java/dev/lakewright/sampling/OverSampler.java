package dev.lakewright.sampling;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.config.SamplingConfig.SmallClasses;
import dev.lakewright.errors.DataException;
import dev.lakewright.matrix.RowMatrix;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps all rows and makes as many as the target asks for. A class with too few rows for the
 * neighbours asked for is treated as {@code sampling.small_classes} says.
 */
record OverSampler(SamplingConfig config, List<String> classes, OverSampling method)
    implements Resampler {

  @Override
  public Resampled resample(RowMatrix training, long seed) {
    RowsByClass rows = RowsByClass.of(training, classes);
    int[] toMake = counts(Targets.toMake(config, rows.sizes()));
    Draws draws = new Draws(seed);
    OverSampling prepared = method.prepared(rows, toMake, draws);
    MadeRows made = MadeRows.after(training);
    for (int label : rows.present()) {
      if (toMake[label] > 0) {
        chosen(prepared, rows, label).make(rows, label, toMake[label], draws, made);
      }
    }
    return made.resampled();
  }

  private static int[] counts(long[] toMake) {
    return Arrays.stream(toMake).mapToInt(Math::toIntExact).toArray();
  }

  private OverSampling chosen(OverSampling prepared, RowsByClass rows, int label) {
    if (rows.count(label) > prepared.neighbours()) {
      return prepared;
    }
    SmallClasses rule = config.smallClasses();
    return switch (rule) {
      case FEWER_NEIGHBOURS -> rows.count(label) > 1 ? prepared : RandomOver.COPIES;
      case DUPLICATE -> RandomOver.COPIES;
      case SKIP -> Skip.INSTANCE;
      case REFUSE -> throw refusal(prepared, rows, label);
    };
  }

  private DataException refusal(OverSampling prepared, RowsByClass rows, int label) {
    return Resamplers.tooFewRows(
        config.method(), prepared.neighbours(), rows.names().get(label), rows.count(label));
  }

  /** Makes nothing. */
  private enum Skip implements OverSampling {
    INSTANCE;

    @Override
    public int neighbours() {
      return 0;
    }

    @Override
    public void make(RowsByClass rows, int label, int count, Draws draws, MadeRows out) {
      // the class stays as it is, as the configuration says
    }
  }
}
