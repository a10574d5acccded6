package dev.lakewright.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/** What a key may hold, derived from the Java type and the {@link Key} of a record component. */
sealed interface ValueType permits ScalarType, ListType, MapType, SearchType, SectionType {

  /** For messages about a value of another kind, such as "a list of text". */
  String described();

  /** For the reference of keys: as described, with the bounds of numbers. */
  default String reference() {
    return described();
  }

  /**
   * Derives the type of a component ({@code Optional} already taken off).
   *
   * @throws IllegalArgumentException if configuration records cannot hold such a type
   */
  static ValueType of(Type type, Key key) {
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic, key);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return SectionType.of(plain.asSubclass(Record.class));
    }
    return plain == SearchDimension.class ? new SearchType() : ScalarType.of(plain, key);
  }

  private static ValueType ofGeneric(ParameterizedType type, Key key) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == List.class) {
      return new ListType(of(arguments[0], key));
    }
    if (type.getRawType() == Map.class && arguments[0] == String.class) {
      return new MapType(of(arguments[1], key), List.of(key.keysUnder()));
    }
    throw new IllegalArgumentException("a configuration record cannot hold " + type);
  }
}
