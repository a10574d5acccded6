package dev.lakewright.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The keys of configuration records, by their names in YAML. */
final class Keys {

  private Keys() {}

  /** {@code hashBits} as {@code hash_bits}. */
  static String of(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  static List<String> of(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(Keys::of).toList();
  }

  static Key annotation(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    if (key == null) {
      throw new IllegalStateException(
          component.getDeclaringRecord().getSimpleName()
              + "."
              + component.getName()
              + " has no @Key");
    }
    return key;
  }

  /** The type argument of {@code Optional<T>} or {@code List<T>}, or the value type of a map. */
  static Type argument(Type type) {
    Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
    return arguments[arguments.length - 1];
  }

  static Class<?> raw(Type type) {
    return (Class<?>) (type instanceof ParameterizedType p ? p.getRawType() : type);
  }

  /** The record that a component holds, directly or optionally. */
  static Optional<Class<?>> nestedRecord(RecordComponent component) {
    Type type = component.getGenericType();
    Class<?> raw = raw(type) == Optional.class ? raw(argument(type)) : raw(type);
    return raw.isRecord() ? Optional.of(raw) : Optional.empty();
  }

  static boolean isMap(RecordComponent component) {
    return raw(component.getGenericType()) == Map.class;
  }

  /** Full paths of all keys below a record. */
  static List<String> paths(Class<?> record, String prefix) {
    List<String> paths = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      String path = prefix + of(component);
      Optional<Class<?>> nested = nestedRecord(component);
      if (nested.isPresent()) {
        paths.addAll(paths(nested.get(), path + "."));
      } else {
        paths.add(path);
      }
    }
    return paths;
  }

  /** The valid word most like a wrong one, when any is near. */
  static Optional<String> nearest(String word, List<String> valid) {
    return valid.stream()
        .filter(
            candidate ->
                distance(word, candidate)
                    <= Math.max(1, Math.min(word.length(), candidate.length()) / 2))
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  /** Edit distance with transposition of neighbours (optimal string alignment). */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
