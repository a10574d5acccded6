package dev.lakewright.config;

import dev.lakewright.config.ConfigNode.Mapping;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A section: the keys of a configuration record, in the order of its components. */
record SectionType(Class<? extends Record> record, List<Field> fields) implements ValueType {

  /**
   * One key of a section.
   *
   * @param name the component's name in snake_case
   * @param optional whether the component is an {@code Optional} of the type
   * @param fallback the default's YAML, if there is one
   */
  record Field(
      String name, ValueType type, boolean optional, Optional<String> fallback, String doc) {

    /** Whether the key has to be set: nothing stands in for it. */
    boolean required() {
      return !optional && fallback.isEmpty() && type instanceof ScalarType;
    }

    /** The default as a node, written nowhere. */
    Optional<ConfigNode> fallbackNode() {
      return fallback.flatMap(
          yaml -> YamlReader.read(yaml, "", line -> "default of " + name, Environment.NONE));
    }
  }

  /**
   * Derives the section of a record.
   *
   * @throws IllegalArgumentException if a component has no {@link Key} or a type that no
   *     configuration can hold
   */
  static SectionType of(Class<? extends Record> record) {
    List<Field> fields = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      fields.add(field(component));
    }
    return new SectionType(record, List.copyOf(fields));
  }

  private static Field field(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    if (key == null) {
      throw new IllegalArgumentException(
          component.getDeclaringRecord().getSimpleName()
              + "."
              + component.getName()
              + " lacks @Key");
    }
    Type type = component.getGenericType();
    boolean optional = component.getType() == Optional.class;
    if (optional) {
      type = ((ParameterizedType) type).getActualTypeArguments()[0];
    }
    return new Field(
        snakeCase(component.getName()),
        ValueType.of(type, key),
        optional,
        Optional.of(key.fallback()).filter(yaml -> !yaml.isEmpty()),
        key.doc());
  }

  private static String snakeCase(String camelCase) {
    return camelCase.replaceAll("(?<=.)(?=\\p{Lu})", "_").toLowerCase(Locale.ROOT);
  }

  Optional<Field> field(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).findFirst();
  }

  List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  /** A section in which nothing is set. */
  static Mapping unset(String place) {
    return new Mapping(place, Map.of());
  }

  /**
   * Makes the record.
   *
   * @param values one per component, in order
   * @throws IllegalArgumentException as the record's constructor throws it
   */
  Record construct(List<Object> values) {
    Class<?>[] types =
        Arrays.stream(record.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<? extends Record> canonical = record.getDeclaredConstructor(types);
      canonical.setAccessible(true);
      return canonical.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        throw refusal;
      }
      throw new IllegalStateException(
          record.getName() + " failed in its constructor", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(record.getName() + " cannot be constructed", e);
    }
  }

  @Override
  public String described() {
    return "a section";
  }
}
