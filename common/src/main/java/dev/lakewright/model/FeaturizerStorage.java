package dev.lakewright.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.config.NumericConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A featurizer as JSON (settings, small lists) and arrays (what grows with the number of features).
 */
final class FeaturizerStorage {

  private FeaturizerStorage() {}

  static ObjectNode write(Featurizer featurizer, SafeTensors tensors) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("columns", columns(featurizer.schema()));
    json.set("settings", FeaturesSettings.toJson(featurizer.config()));
    ArrayNode spaces = json.putArray("spaces");
    for (int i = 0; i < featurizer.bags().size(); i++) {
      write(
          featurizer.bags().get(i),
          featurizer.vocabularies().get(i),
          "space" + i,
          spaces.addObject(),
          tensors);
    }
    ArrayNode numbers = json.putArray("numeric");
    featurizer.numbers().forEach(encoder -> numbers.add(write(encoder)));
    ArrayNode categories = json.putArray("categorical");
    featurizer.categories().forEach(encoder -> categories.add(write(encoder)));
    return json;
  }

  private static ObjectNode columns(RecordSchema schema) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    schema.text().forEach(json.putArray("text")::add);
    schema.numeric().forEach(json.putArray("numeric")::add);
    schema.categorical().forEach(json.putArray("categorical")::add);
    return json;
  }

  private static void write(
      BagWeights bag, Vocabulary vocabulary, String name, ObjectNode json, SafeTensors tensors) {
    json.put("column", bag.space().column());
    json.put("kind", bag.space().kind().key());
    json.put("features", bag.size());
    tensors.put(name + ".idf", bag.idf());
    if (bag.space().hashed()) {
      tensors.put(name + ".buckets", bag.active());
    } else {
      writeTerms(bag.active(), vocabulary, name, tensors);
    }
  }

  /** Only the terms that are features: their order, and so every index, stays. */
  private static void writeTerms(
      int[] active, Vocabulary vocabulary, String name, SafeTensors tensors) {
    int[] ends = new int[active.length];
    int size = 0;
    for (int i = 0; i < active.length; i++) {
      size += vocabulary.bytes(active[i]).length;
      ends[i] = size;
    }
    byte[] bytes = new byte[size];
    for (int i = 0; i < active.length; i++) {
      byte[] term = vocabulary.bytes(active[i]);
      System.arraycopy(term, 0, bytes, ends[i] - term.length, term.length);
    }
    tensors.put(name + ".term_ends", ends);
    tensors.put(name + ".terms", bytes);
  }

  private static ObjectNode write(NumericEncoder encoder) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("encode", encoder.encode().name().toLowerCase(Locale.ROOT));
    json.put("stand_in", encoder.standIn());
    json.put("mean", encoder.mean());
    json.put("scale", encoder.scale());
    ArrayNode cuts = json.putArray("cuts");
    Arrays.stream(encoder.cuts()).forEach(cuts::add);
    return json;
  }

  private static ObjectNode write(CategoryEncoder encoder) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (encoder instanceof CategoryEncoder.OneHot oneHot) {
      oneHot.values().forEach(json.putArray("values")::add);
      json.put("missing", oneHot.missing());
    } else if (encoder instanceof CategoryEncoder.Hashed hashed) {
      json.put("hash_bits", hashed.bits());
    }
    return json;
  }

  static Featurizer read(JsonNode json, SafeTensors tensors) {
    RecordSchema schema = schema(json.path("columns"));
    FeaturesConfig config = FeaturesSettings.fromJson(json.path("settings"));
    List<BagSpace> spaces = BagSpace.of(config, schema);
    if (json.path("spaces").size() != spaces.size()) {
      throw new IllegalArgumentException(
          "it lists " + json.path("spaces").size() + " feature spaces, not " + spaces.size());
    }
    Map<Integer, Vocabulary> vocabularies = new LinkedHashMap<>();
    List<BagWeights> bags = new ArrayList<>();
    for (int i = 0; i < spaces.size(); i++) {
      bags.add(readBag(spaces.get(i), "space" + i, i, vocabularies, tensors));
    }
    return new Featurizer(
        config,
        schema,
        vocabularies,
        bags,
        json.path("numeric").valueStream().map(FeaturizerStorage::readNumber).toList(),
        json.path("categorical").valueStream().map(FeaturizerStorage::readCategory).toList());
  }

  private static RecordSchema schema(JsonNode json) {
    return new RecordSchema(
        strings(json.path("text")),
        strings(json.path("numeric")),
        strings(json.path("categorical")));
  }

  private static List<String> strings(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }

  private static BagWeights readBag(
      BagSpace space,
      String name,
      int place,
      Map<Integer, Vocabulary> vocabularies,
      SafeTensors tensors) {
    double[] idf = tensors.doubles(name + ".idf");
    int[] active;
    int size;
    if (space.hashed()) {
      active = tensors.integers(name + ".buckets");
      size = 1 << space.config().hashBits();
    } else {
      Vocabulary vocabulary =
          Vocabulary.ofSorted(
              terms(
                  tensors.integers(name + ".term_ends"), tensors.bytes(name + ".terms"), tensors));
      vocabularies.put(place, vocabulary);
      active = IntStream.range(0, vocabulary.size()).toArray();
      size = vocabulary.size();
    }
    requireAscending(active, size, idf.length, tensors);
    return new BagWeights(space, size, active, idf);
  }

  private static void requireAscending(int[] active, int size, int expected, SafeTensors tensors) {
    boolean fits = active.length == expected;
    for (int i = 0; fits && i < active.length; i++) {
      fits = active[i] >= 0 && active[i] < size && (i == 0 || active[i] > active[i - 1]);
    }
    if (!fits) {
      throw tensors.damaged("its feature ids are out of order or range");
    }
  }

  private static byte[][] terms(int[] ends, byte[] bytes, SafeTensors tensors) {
    byte[][] terms = new byte[ends.length][];
    int start = 0;
    for (int i = 0; i < ends.length; i++) {
      if (ends[i] < start || ends[i] > bytes.length) {
        throw tensors.damaged("its terms lie outside their array");
      }
      terms[i] = Arrays.copyOfRange(bytes, start, ends[i]);
      start = ends[i];
    }
    return terms;
  }

  private static NumericEncoder readNumber(JsonNode json) {
    return new NumericEncoder(
        NumericConfig.Encode.valueOf(json.path("encode").asText().toUpperCase(Locale.ROOT)),
        json.path("stand_in").asDouble(),
        json.path("mean").asDouble(),
        json.path("scale").asDouble(),
        json.path("cuts").valueStream().mapToDouble(JsonNode::asDouble).toArray());
  }

  private static CategoryEncoder readCategory(JsonNode json) {
    return json.has("hash_bits")
        ? new CategoryEncoder.Hashed(json.path("hash_bits").asInt())
        : CategoryEncoder.OneHot.of(strings(json.path("values")), json.path("missing").asBoolean());
  }
}
