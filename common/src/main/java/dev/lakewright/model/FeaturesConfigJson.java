package dev.lakewright.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.config.CategoricalConfig;
import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.config.NgramConfig;
import dev.lakewright.config.NumericConfig;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The features section as JSON, in the words of the YAML configuration. */
final class FeaturesConfigJson {

  private FeaturesConfigJson() {}

  static ObjectNode toJson(FeaturesConfig config) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("language", word(config.language()));
    json.put("lower_case", config.lowerCase());
    config.words().ifPresent(words -> json.set("words", toJson(words)));
    config.chars().ifPresent(chars -> json.set("chars", toJson(chars)));
    json.putObject("numeric")
        .put("impute", word(config.numeric().impute()))
        .put("encode", word(config.numeric().encode()))
        .put("bins", config.numeric().bins());
    json.putObject("categorical")
        .put("encode", word(config.categorical().encode()))
        .put("max_values", config.categorical().maxValues())
        .put("hash_bits", config.categorical().hashBits());
    return json;
  }

  private static ObjectNode toJson(NgramConfig ngrams) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("ngrams").add(ngrams.shortest()).add(ngrams.longest());
    return json.put("mode", word(ngrams.mode()))
        .put("hash_bits", ngrams.hashBits())
        .put("signed", ngrams.signed())
        .put("max_terms", ngrams.maxTerms())
        .put("min_df", ngrams.minDf())
        .put("max_df", ngrams.maxDf())
        .put("sublinear", ngrams.sublinear())
        .put("idf", ngrams.idf())
        .put("norm", word(ngrams.norm()));
  }

  /**
   * The reverse of {@link #toJson(FeaturesConfig)}.
   *
   * @throws IllegalArgumentException when a field is missing or impossible
   */
  static FeaturesConfig fromJson(JsonNode json) {
    JsonNode numeric = json.required("numeric");
    JsonNode categorical = json.required("categorical");
    return new FeaturesConfig(
        constant(FeaturesConfig.Language.class, json, "language"),
        json.required("lower_case").booleanValue(),
        ngrams(json, "words"),
        ngrams(json, "chars"),
        new NumericConfig(
            constant(NumericConfig.Impute.class, numeric, "impute"),
            constant(NumericConfig.Encode.class, numeric, "encode"),
            numeric.required("bins").intValue()),
        new CategoricalConfig(
            constant(CategoricalConfig.Encode.class, categorical, "encode"),
            categorical.required("max_values").intValue(),
            categorical.required("hash_bits").intValue()));
  }

  private static Optional<NgramConfig> ngrams(JsonNode config, String key) {
    if (!config.has(key)) {
      return Optional.empty();
    }
    JsonNode json = config.get(key);
    JsonNode range = json.required("ngrams");
    return Optional.of(
        new NgramConfig(
            List.of(range.required(0).intValue(), range.required(1).intValue()),
            constant(NgramConfig.Mode.class, json, "mode"),
            json.required("hash_bits").intValue(),
            json.required("signed").booleanValue(),
            json.required("max_terms").intValue(),
            json.required("min_df").intValue(),
            json.required("max_df").doubleValue(),
            json.required("sublinear").booleanValue(),
            json.required("idf").booleanValue(),
            constant(NgramConfig.Norm.class, json, "norm")));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, JsonNode json, String key) {
    return Enum.valueOf(type, json.required(key).asText().toUpperCase(Locale.ROOT));
  }
}
