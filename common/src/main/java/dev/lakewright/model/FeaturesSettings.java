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

/** The settings a featurizer was fitted with, in the words of the configuration. */
final class FeaturesSettings {

  private FeaturesSettings() {}

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

  private static ObjectNode toJson(NgramConfig config) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("ngrams").add(config.shortest()).add(config.longest());
    return json.put("mode", word(config.mode()))
        .put("hash_bits", config.hashBits())
        .put("signed", config.signed())
        .put("max_terms", config.maxTerms())
        .put("min_df", config.minDf())
        .put("max_df", config.maxDf())
        .put("sublinear", config.sublinear())
        .put("idf", config.idf())
        .put("norm", word(config.norm()));
  }

  /** Reads what {@link #toJson} wrote; IllegalArgumentException for words it does not know. */
  static FeaturesConfig fromJson(JsonNode json) {
    JsonNode numeric = json.path("numeric");
    JsonNode categorical = json.path("categorical");
    return new FeaturesConfig(
        value(FeaturesConfig.Language.class, json.path("language")),
        json.path("lower_case").asBoolean(),
        json.has("words") ? Optional.of(ngrams(json.path("words"))) : Optional.empty(),
        json.has("chars") ? Optional.of(ngrams(json.path("chars"))) : Optional.empty(),
        new NumericConfig(
            value(NumericConfig.Impute.class, numeric.path("impute")),
            value(NumericConfig.Encode.class, numeric.path("encode")),
            numeric.path("bins").asInt()),
        new CategoricalConfig(
            value(CategoricalConfig.Encode.class, categorical.path("encode")),
            categorical.path("max_values").asInt(),
            bits(categorical)));
  }

  private static NgramConfig ngrams(JsonNode json) {
    return new NgramConfig(
        List.of(json.path("ngrams").path(0).asInt(), json.path("ngrams").path(1).asInt()),
        value(NgramConfig.Mode.class, json.path("mode")),
        bits(json),
        json.path("signed").asBoolean(),
        json.path("max_terms").asInt(),
        json.path("min_df").asInt(),
        json.path("max_df").asDouble(),
        json.path("sublinear").asBoolean(),
        json.path("idf").asBoolean(),
        value(NgramConfig.Norm.class, json.path("norm")));
  }

  private static int bits(JsonNode json) {
    int bits = json.path("hash_bits").asInt();
    if (bits < 1 || bits > 24) {
      throw new IllegalArgumentException("hash_bits is " + bits);
    }
    return bits;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> E value(Class<E> type, JsonNode word) {
    return Enum.valueOf(type, word.asText().toUpperCase(Locale.ROOT));
  }
}
