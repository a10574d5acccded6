package dev.lakewright.retrain;

import dev.lakewright.config.RetrainConfig;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.metrics.Metric;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a retraining does.
 *
 * @param incremental whether it goes on from the champion with the new rows, else it trains on all
 * @param forgets whether nothing of the champion's weights may stay, so that it trains from zero
 * @param reason as the end of a sentence
 */
public record Course(boolean incremental, boolean forgets, String reason) {

  /**
   * What is known when it is decided.
   *
   * @param removed rows that the champion learnt from and that are gone or corrected
   * @param unknown why it is not known which rows changed; empty where it is
   * @param obstacle why the champion cannot go on learning; empty where it can
   * @param rowsAtFull rows of the table at the last full training
   * @param addedSinceFull rows added since, now included
   * @param daysSinceFull age of the last full training; empty where it is not known
   */
  public record Situation(
      long removed,
      Optional<String> unknown,
      Optional<String> obstacle,
      long rowsAtFull,
      long addedSinceFull,
      OptionalDouble daysSinceFull) {}

  /**
   * Decides.
   *
   * @throws ConfigException when incremental is asked for and the champion cannot
   */
  public static Course of(RetrainConfig config, Situation now) {
    if (now.removed() > 0) {
      return new Course(
          false,
          true,
          "%d rows that it learnt from were deleted or corrected".formatted(now.removed()));
    }
    if (now.unknown().isPresent()) {
      // rows that had to be forgotten may be among those that cannot be told
      return new Course(false, true, now.unknown().get());
    }
    return switch (config.mode()) {
      case FULL -> full("retrain.mode is full");
      case INCREMENTAL -> {
        if (now.obstacle().isPresent()) {
          throw new ConfigException(
              "retrain.mode: incremental cannot be done: %s; set retrain.mode: full or auto"
                  .formatted(now.obstacle().get()));
        }
        yield new Course(true, false, "retrain.mode is incremental");
      }
      case AUTO -> automatic(config, now);
    };
  }

  private static Course automatic(RetrainConfig config, Situation now) {
    if (now.obstacle().isPresent()) {
      return full(now.obstacle().get());
    }
    double share = now.addedSinceFull() / (double) Math.max(1, now.rowsAtFull());
    if (share >= config.fullShare()) {
      return full(
          "%d rows were added since the last full training on %d (retrain.full_share: %s)"
              .formatted(now.addedSinceFull(), now.rowsAtFull(), config.fullShare()));
    }
    if (config.fullDays() > 0 && now.daysSinceFull().isEmpty()) {
      return full(
          "it is not known how old the last full training is (retrain.full_days: %s)"
              .formatted(config.fullDays()));
    }
    if (config.fullDays() > 0 && now.daysSinceFull().getAsDouble() >= config.fullDays()) {
      return full(
          "the last full training is %.1f days old (retrain.full_days: %s)"
              .formatted(now.daysSinceFull().getAsDouble(), config.fullDays()));
    }
    return new Course(
        true,
        false,
        "%d rows were added since the last full training on %d"
            .formatted(now.addedSinceFull(), now.rowsAtFull()));
  }

  /**
   * The full training that takes the place of an increment, where the champion does worse on what
   * is new than it did: then a few steps are not enough.
   *
   * @param then its metric on its test rows; NaN where it is not known
   * @param newest its metric on the newest rows; NaN where they are few
   */
  public static Optional<Course> afterDrop(
      RetrainConfig config, Metric metric, double then, double newest) {
    double drop = metric.higherIsBetter() ? then - newest : newest - then;
    return config.mode() == RetrainConfig.Mode.AUTO && drop > config.fullDrop()
        ? Optional.of(
            full(
                "%s of the champion is %.4f on new rows and was %.4f on its test rows (retrain.full_drop: %s)"
                    .formatted(metric.key(), newest, then, config.fullDrop())))
        : Optional.empty();
  }

  private static Course full(String reason) {
    return new Course(false, false, reason);
  }

  /** Its name in records: {@code incremental} or {@code full}. */
  public String mode() {
    return incremental ? "incremental" : "full";
  }
}
