package dev.lakewright.training;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.RetrainConfig;
import dev.lakewright.config.TuneConfig;
import dev.lakewright.lake.TableVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What decides a model: the table's version, the settings that training reads, the code. Equal
 * fingerprints give equal models, so that nothing need be trained again.
 */
public final class Fingerprint {

  private Fingerprint() {}

  /** SHA-256 in hexadecimal. */
  public static String of(TableVersion source, LakewrightConfig config, String codeVersion) {
    return of(
        List.of(
            source,
            config.data(),
            config.features(),
            config.sampling(),
            config.learner(),
            config.ensemble(),
            config.tune(),
            config.calibration(),
            config.thresholds(),
            config.evaluation(),
            config.model(),
            codeVersion));
  }

  /**
   * What a trial's result depends on beside the trial itself: the rows, their split and folds, what
   * a rung of a pruner is, the code.
   */
  public static String ofFolds(TableVersion source, LakewrightConfig config, String codeVersion) {
    TuneConfig tune = config.tune();
    return of(
        List.of(
            source,
            config.data(),
            tune.folds(),
            tune.by(),
            tune.column(),
            tune.seed(),
            tune.fidelity(),
            codeVersion));
  }

  /** The same for a training that sets out from a model. */
  public static String ofStart(String folds, String start) {
    return of(List.of(folds, start));
  }

  /**
   * What decides what comes of retraining a model; who runs beside the champion then does not, nor
   * how often it is retrained.
   *
   * @param champion its checksum
   * @param golden version of the table {@code retrain.golden}, where there is one
   */
  public static String ofRetraining(
      TableVersion source,
      String champion,
      RetrainConfig retrain,
      Optional<TableVersion> golden,
      String codeVersion) {
    return of(List.of(source, champion, retrain.learning(), golden, codeVersion));
  }

  /** What decides the rows of a resampled table. */
  public static String ofResampling(
      TableVersion source, LakewrightConfig config, String codeVersion) {
    return of(
        List.of(
            source,
            config.data(),
            config.sampling(),
            config.resample().search(),
            config.resample().recall(),
            config.learner(),
            codeVersion));
  }

  private static String of(List<Object> parts) {
    MessageDigest digest = sha256();
    for (Object part : parts) {
      // records print every component, so that equal text means equal settings
      digest.update(part.toString().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
