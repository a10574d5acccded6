package dev.lakewright.comparison;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.LearnerConfig;
import dev.lakewright.config.SamplingConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A configuration without any remedy, over which those that are compared are laid.
 *
 * @param configured what the configuration said of remedies: key path to value
 */
public record Baseline(ConfigDocument document, Map<String, Object> configured) {

  private static final List<String> SECTIONS = List.of("sampling", "ensemble", "learner");

  /** Keys of the learner that are remedies too. */
  private static final List<String> LOSS = List.of("learner.alpha", "learner.logit_adjustment");

  /** Takes the remedies out of a configuration. */
  public static Baseline of(ConfigDocument document) {
    ConfigDocument bare = document;
    for (String key : remedies(document.bind(LakewrightConfig.class).learner())) {
      bare = bare.without(key);
    }
    Map<String, Object> configured = new LinkedHashMap<>();
    if (treats(document.bind(LakewrightConfig.class))) {
      for (String section : SECTIONS) {
        differences(section, document.recorded(), bare.recorded(), configured);
      }
    }
    return new Baseline(bare.without("thresholds").without("tune.space"), configured);
  }

  /** Whether a configuration does anything about rare classes in training. */
  private static boolean treats(LakewrightConfig config) {
    SamplingConfig sampling = config.sampling();
    return sampling.weighsClasses()
        || sampling.method() != SamplingConfig.Method.NONE
        || sampling.augmentation().altersTexts()
        || sampling.augmentation().mixes()
        || config.ensemble().present()
        || config.learner().type() == LearnerConfig.Type.FOCAL
        || config.learner().logitAdjustment() != 0;
  }

  private static List<String> remedies(LearnerConfig learner) {
    List<String> keys = new ArrayList<>(List.of("sampling", "ensemble"));
    keys.addAll(LOSS);
    if (learner.type() == LearnerConfig.Type.FOCAL) {
      keys.add("learner.type");
    }
    return keys;
  }

  private static void differences(
      String section,
      Map<String, Object> said,
      Map<String, Object> otherwise,
      Map<String, Object> differences) {
    Map<?, ?> defaults = (Map<?, ?>) otherwise.get(section);
    ((Map<?, ?>) said.get(section))
        .forEach(
            (key, value) -> {
              if (!value.equals(defaults.get(key))) {
                differences.put(section + "." + key, value);
              }
            });
  }
}
