package dev.lakewright.tuning;

import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.config.LearnerConfig;
import dev.lakewright.config.SamplingConfig;
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
    LearnerConfig learner) {}
