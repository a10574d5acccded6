package dev.lakewright.sampling;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.errors.ConfigException;
import java.util.Arrays;
import java.util.Locale;

/**
 * How many rows each class shall have, with the meaning of imbalanced-learn's {@code
 * sampling_strategy}: names of classes, a ratio, or counts. Its ratio is for two classes; here it
 * holds for each class against the largest (to make rows) or the smallest (to remove them).
 */
public final class Targets {

  private Targets() {}

  /** Per class how many rows to make. */
  public static long[] toMake(SamplingConfig config, ClassCounts rows) {
    long largest = rows.count(rows.largest());
    long[] missing = new long[rows.classes()];
    if (!config.counts().isEmpty()) {
      config
          .counts()
          .forEach((name, count) -> missing[place(name, rows)] = more(name, count, rows));
      return missing;
    }
    if (config.ratio() > 0) {
      long wanted = (long) (largest * config.ratio());
      for (int label : rows.present()) {
        missing[label] = Math.max(0, wanted - rows.count(label));
      }
      requireChange(config, rows, Arrays.stream(missing).anyMatch(count -> count > 0), "largest");
      return missing;
    }
    boolean[] named = named(config.target(), rows, rows.largest());
    for (int label : rows.present()) {
      missing[label] = named[label] ? largest - rows.count(label) : 0;
    }
    return missing;
  }

  private static long more(String name, int count, ClassCounts rows) {
    long there = rows.count(place(name, rows));
    if (count < there) {
      throw new ConfigException(
          "sampling.counts.%s: %d is fewer than the %d training rows of the class, and this method makes rows; ask for at least %d, or choose an under-sampling method"
              .formatted(name, count, there, there));
    }
    if (there == 0) {
      throw new ConfigException(
          "sampling.counts.%s: the class has no training rows to make others from".formatted(name));
    }
    return count - there;
  }

  /** Per class how many rows to keep; -1 leaves the class as it is. */
  public static long[] toKeep(SamplingConfig config, ClassCounts rows) {
    long smallest = rows.count(rows.smallest());
    long[] kept = new long[rows.classes()];
    Arrays.fill(kept, -1);
    if (!config.counts().isEmpty()) {
      config.counts().forEach((name, count) -> kept[place(name, rows)] = fewer(name, count, rows));
      return kept;
    }
    if (config.ratio() > 0) {
      double most = smallest / config.ratio();
      for (int label : rows.present()) {
        kept[label] = rows.count(label) > most ? (long) most : -1;
      }
      requireChange(config, rows, Arrays.stream(kept).anyMatch(count -> count >= 0), "smallest");
      return kept;
    }
    boolean[] named = named(config.target(), rows, rows.smallest());
    for (int label : rows.present()) {
      kept[label] = named[label] ? smallest : -1;
    }
    return kept;
  }

  private static long fewer(String name, int count, ClassCounts rows) {
    long there = rows.count(place(name, rows));
    if (count > there) {
      throw new ConfigException(
          "sampling.counts.%s: %d is more than the %d training rows of the class, and this method removes rows; ask for at most %d, or choose an over-sampling method"
              .formatted(name, count, there, there));
    }
    if (count == 0 && there > 0) {
      throw new ConfigException(
          "sampling.counts.%s: 0 would leave the class without rows; ask for at least 1"
              .formatted(name));
    }
    return count;
  }

  /**
   * How many rows resampling leaves at most, for each that there was; 0 where rows are taken as
   * they are.
   */
  public static double growth(SamplingConfig config, ClassCounts rows) {
    return config.method() == SamplingConfig.Method.NONE
        ? 0
        : Arrays.stream(after(config, rows)).sum() / Arrays.stream(rows.counts()).sum();
  }

  /**
   * How many rows of each class there are at most after resampling. What a class cannot have, and a
   * resampler will refuse, counts as what there is.
   */
  public static double[] after(SamplingConfig config, ClassCounts rows) {
    double[] after = new double[rows.classes()];
    for (int label : rows.present()) {
      double there = rows.count(label);
      after[label] =
          switch (config.method().family()) {
            case NONE, CLEANING -> there;
            case UNDER -> Math.min(there, wanted(config, rows, label, rows.smallest()));
            case OVER, COMBINED -> Math.max(there, wanted(config, rows, label, rows.largest()));
          };
    }
    return after;
  }

  /**
   * @param measure the class whose rows others are to have
   */
  private static double wanted(SamplingConfig config, ClassCounts rows, int label, int measure) {
    if (!config.counts().isEmpty()) {
      Integer count = config.counts().get(rows.names().get(label));
      return count == null ? rows.count(label) : count;
    }
    if (config.ratio() > 0) {
      boolean removes = config.method().family() == SamplingConfig.Family.UNDER;
      return rows.count(measure) * (removes ? 1 / config.ratio() : config.ratio());
    }
    boolean named = named(config.target(), rows, measure)[label];
    return named ? rows.count(measure) : rows.count(label);
  }

  /** Per class whether cleaning may remove its rows. */
  public static boolean[] toClean(SamplingConfig config, ClassCounts rows) {
    if (config.removeFrom().isEmpty()) {
      return named(config.target(), rows, rows.smallest());
    }
    boolean[] named = new boolean[rows.classes()];
    for (String name : config.removeFrom()) {
      int place = rows.names().indexOf(name);
      if (place < 0) {
        throw unknown("sampling.remove_from", name, rows);
      }
      named[place] = true;
    }
    return named;
  }

  /**
   * @param spared the class that {@code balanced} leaves as it is
   */
  private static boolean[] named(SamplingConfig.Target target, ClassCounts rows, int spared) {
    boolean[] named = new boolean[rows.classes()];
    for (int label : rows.present()) {
      named[label] =
          switch (target) {
            case BALANCED -> label != spared;
            case MINORITY -> label == rows.smallest();
            case MAJORITY -> label == rows.largest();
            case NOT_MINORITY -> label != rows.smallest();
            case NOT_MAJORITY -> label != rows.largest();
            case ALL -> true;
          };
    }
    return named;
  }

  private static void requireChange(
      SamplingConfig config, ClassCounts rows, boolean changes, String against) {
    if (!changes) {
      throw new ConfigException(
          "sampling.ratio: %s asks for nothing: no class of %s has to change against the %s; ask for a larger ratio"
              .formatted(config.ratio(), described(rows), against));
    }
  }

  private static String described(ClassCounts rows) {
    StringBuilder text = new StringBuilder();
    for (int label : rows.present()) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(String.format(Locale.ROOT, "%s: %d", rows.names().get(label), rows.count(label)));
    }
    return text.toString();
  }

  private static int place(String name, ClassCounts rows) {
    int place = rows.names().indexOf(name);
    if (place < 0) {
      throw unknown("sampling.counts", name, rows);
    }
    return place;
  }

  private static ConfigException unknown(String key, String name, ClassCounts rows) {
    return new ConfigException(
        "%s names the class %s, but the training rows hold only %s"
            .formatted(key, name, rows.names()));
  }
}
