package dev.lakewright.tracking;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Parameters, metrics and tags within the limits of MLflow: names, lengths, numbers per request.
 */
final class Entries {

  /** Of MLflow: at most 100 parameters, 100 tags, 1000 metrics, and 1000 of all in a request. */
  static final int PARAMETERS = 100;

  static final int METRICS = 1000;

  /** What servers before 2.8 take, too; later ones take 6000. */
  static final int PARAMETER_LENGTH = 500;

  static final int TAG_LENGTH = 5000;
  private static final int NAME_LENGTH = 250;
  private static final Pattern UNFIT = Pattern.compile("[^\\p{IsAlphabetic}\\p{IsDigit}_\\-. /]");

  private Entries() {}

  static ArrayNode parameters(Map<String, String> parameters) {
    return texts(parameters, PARAMETER_LENGTH);
  }

  static ArrayNode tags(Map<String, String> tags) {
    return texts(tags, TAG_LENGTH);
  }

  /** The finite metrics, all of one moment. */
  static ArrayNode metrics(Map<String, Double> metrics, long millis) {
    Map<String, Double> finite = new TreeMap<>(metrics);
    finite.values().removeIf(value -> !Double.isFinite(value));
    return entries(
        finite,
        (entry, value) -> {
          entry.put("value", value);
          entry.put("timestamp", millis);
          entry.put("step", 0);
        });
  }

  /** Consecutive entries, at most {@code size} each. */
  static List<ArrayNode> batches(ArrayNode entries, int size) {
    List<ArrayNode> batches = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (i % size == 0) {
        batches.add(JsonNodeFactory.instance.arrayNode());
      }
      batches.get(batches.size() - 1).add(entries.get(i));
    }
    return batches;
  }

  private static ArrayNode texts(Map<String, String> texts, int longest) {
    return entries(
        new TreeMap<>(texts), (entry, text) -> entry.put("value", shortened(text, longest)));
  }

  private static <T> ArrayNode entries(Map<String, T> values, BiConsumer<ObjectNode, T> value) {
    ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    Set<String> taken = new HashSet<>();
    values.forEach(
        (name, content) -> {
          ObjectNode entry = entries.addObject();
          entry.put("key", unused(name, taken));
          value.accept(entry, content);
        });
    return entries;
  }

  /** A name that MLflow allows and that no other entry has. */
  private static String unused(String name, Set<String> taken) {
    String allowed = pathLike(UNFIT.matcher(name).replaceAll("_"));
    String unused = cut(allowed, NAME_LENGTH);
    for (int i = 2; !taken.add(unused); i++) {
      unused = cut(allowed, NAME_LENGTH - 12) + "_" + i;
    }
    return unused;
  }

  /** Names are paths to MLflow, which refuses steps that lead nowhere or up. */
  private static String pathLike(String name) {
    String[] steps = name.split("/", -1);
    for (int i = 0; i < steps.length; i++) {
      if (steps[i].isEmpty() || steps[i].equals(".") || steps[i].equals("..")) {
        steps[i] = "_";
      }
    }
    return String.join("/", steps);
  }

  private static String shortened(String text, int longest) {
    return text.length() <= longest ? text : cut(text, longest - 1) + "…";
  }

  /** The first characters, no surrogate pair torn. */
  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
  }
}
