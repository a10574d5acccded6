package dev.lakewright.tuning;

import dev.lakewright.config.EnsembleConfig;
import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.config.LearnerConfig;
import dev.lakewright.config.SamplingConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * One point of the search space.
 *
 * @param number from 0, in the order of the sampler
 * @param parameters key path to value, only those that the space varies
 */
public record Trial(
    int number,
    Map<String, Object> parameters,
    FeaturesConfig features,
    SamplingConfig sampling,
    LearnerConfig learner,
    EnsembleConfig ensemble) {

  /** Whether an estimator of Spark is trained, not a model of ours. */
  boolean ofSpark() {
    return learner.type() == LearnerConfig.Type.SPARK;
  }

  /**
   * What the trial does, whatever its number: trials with equal keys reach the same on the same
   * rows.
   */
  public String key() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      // records print every component, so that equal text means equal settings
      String settings = features + "\n" + sampling + "\n" + learner;
      if (ensemble.present()) {
        // subsets that are drawn another way make other trials
        settings += "\n" + ensemble + "\ndrawn by numbers";
      }
      byte[] hash = digest.digest(settings.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
