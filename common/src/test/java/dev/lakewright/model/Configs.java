package dev.lakewright.model;

import dev.lakewright.config.CategoricalConfig;
import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.config.FeaturesConfig.Language;
import dev.lakewright.config.NgramConfig;
import dev.lakewright.config.NumericConfig;
import java.util.List;
import java.util.Optional;

/** Configurations that tests start from: the defaults, but for what a test is about. */
final class Configs {

  private Configs() {}

  static FeaturesConfig features(Optional<NgramConfig> words, Optional<NgramConfig> chars) {
    return features(
        words,
        chars,
        numeric(NumericConfig.Impute.MEDIAN, NumericConfig.Encode.STANDARDIZE),
        categorical(CategoricalConfig.Encode.ONE_HOT, 1000));
  }

  static FeaturesConfig features(
      Optional<NgramConfig> words,
      Optional<NgramConfig> chars,
      NumericConfig numeric,
      CategoricalConfig categorical) {
    return new FeaturesConfig(Language.STANDARD, true, words, chars, numeric, categorical);
  }

  static FeaturesConfig columns(NumericConfig numeric, CategoricalConfig categorical) {
    return features(Optional.empty(), Optional.empty(), numeric, categorical);
  }

  static NumericConfig numeric(NumericConfig.Impute impute, NumericConfig.Encode encode) {
    return new NumericConfig(impute, encode, 4);
  }

  static CategoricalConfig categorical(CategoricalConfig.Encode encode, int maxValues) {
    return new CategoricalConfig(encode, maxValues, 4);
  }

  static NgramConfig hashed(int shortest, int longest, int bits) {
    return hashed(shortest, longest, bits, false);
  }

  static NgramConfig hashed(int shortest, int longest, int bits, boolean signed) {
    return new NgramConfig(
        List.of(shortest, longest),
        NgramConfig.Mode.HASH,
        bits,
        signed,
        100_000,
        1,
        1.0,
        true,
        true,
        NgramConfig.Norm.L2);
  }

  static NgramConfig vocabulary(int shortest, int longest) {
    return vocabulary(shortest, longest, 100_000, 1, 1.0);
  }

  static NgramConfig vocabulary(int shortest, int longest, int maxTerms, int minDf, double maxDf) {
    return new NgramConfig(
        List.of(shortest, longest),
        NgramConfig.Mode.VOCABULARY,
        18,
        false,
        maxTerms,
        minDf,
        maxDf,
        true,
        true,
        NgramConfig.Norm.L2);
  }
}
