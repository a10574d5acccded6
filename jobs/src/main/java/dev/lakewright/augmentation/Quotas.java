package dev.lakewright.augmentation;

import dev.lakewright.config.AugmentationConfig;
import dev.lakewright.errors.ConfigException;
import java.util.Arrays;
import java.util.List;

/** How many made-up rows each class gets, by the rows that training has of each. */
final class Quotas {

  private final AugmentationConfig config;
  private final List<String> classes;

  /**
   * @throws ConfigException when {@code sampling.augmentation.counts} names an unknown class
   */
  Quotas(AugmentationConfig config, List<String> classes) {
    this.config = config;
    this.classes = List.copyOf(classes);
    for (String label : config.counts().keySet()) {
      if (!classes.contains(label)) {
        throw new ConfigException(
            "sampling.augmentation.counts names the class %s, but the training rows hold only %s"
                .formatted(label, classes));
      }
    }
  }

  /**
   * Rows to make per class: as many as the target asks for, at most {@code mostPerRow} for each row
   * that there is.
   *
   * @param rows of each class
   */
  long[] of(long[] rows, double mostPerRow) {
    long largest = Arrays.stream(rows).max().orElse(0);
    long[] quotas = new long[rows.length];
    for (int k = 0; k < rows.length; k++) {
      long most = Math.round(mostPerRow * rows[k]);
      quotas[k] = Math.max(0, Math.min(most, missing(k, rows[k], largest)));
    }
    return quotas;
  }

  private long missing(int k, long rows, long largest) {
    if (!config.counts().isEmpty()) {
      return config.counts().getOrDefault(classes.get(k), 0L) - rows;
    }
    return switch (config.target()) {
      case MAJORITY -> largest - rows;
      case ALL -> Long.MAX_VALUE;
    };
  }
}
