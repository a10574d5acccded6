package dev.lakewright.config;

import dev.lakewright.config.SectionType.Field;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Random valid configuration records, made by their constructors. Every other key has its default:
 * of keys that were all drawn, few would keep the rules between them.
 */
final class RandomConfigs {

  private RandomConfigs() {}

  static Arbitrary<LakewrightConfig> configs() {
    return section(SectionType.of(LakewrightConfig.class)).map(LakewrightConfig.class::cast);
  }

  private static Arbitrary<Object> section(SectionType section) {
    Record defaults =
        ConfigDocument.load(section.record(), Optional.empty(), List.of(), Map.of())
            .bind(section.record());
    RecordComponent[] accessors = section.record().getRecordComponents();
    List<Arbitrary<Object>> components = new ArrayList<>();
    for (int i = 0; i < accessors.length; i++) {
      components.add(component(section, section.fields().get(i), value(defaults, accessors[i])));
    }
    return Combinators.combine(components)
        .as(values -> constructed(section, values))
        .filter(Optional::isPresent)
        .map(Optional::get);
  }

  private static Object value(Record section, RecordComponent component) {
    try {
      return component.getAccessor().invoke(section);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The record, unless these values break a rule between its keys. */
  private static Optional<Object> constructed(SectionType section, List<Object> values) {
    try {
      return Optional.of(section.construct(values));
    } catch (IllegalArgumentException invalid) {
      return Optional.empty();
    }
  }

  private static Arbitrary<Object> component(SectionType section, Field field, Object fallback) {
    if (field.type() instanceof SectionType inner && !field.optional()) {
      return section(inner);
    }
    Arbitrary<Object> value =
        section.record() == NgramConfig.class && field.name().equals("ngrams")
            ? ngrams()
            : value(field.type());
    return Arbitraries.oneOf(
        Arbitraries.just(fallback),
        field.optional() ? value.optional().map(Object.class::cast) : value);
  }

  private static Arbitrary<Object> ngrams() {
    Arbitrary<Integer> length = Arbitraries.integers().between(1, 5);
    return Combinators.combine(length, length)
        .as((shortest, more) -> List.of(shortest, shortest + more));
  }

  private static Arbitrary<Object> value(ValueType type) {
    if (type instanceof SectionType section) {
      return section(section);
    } else if (type instanceof ListType list) {
      return value(list.element()).list().ofMaxSize(3).map(List::copyOf);
    } else if (type instanceof MapType map && map.keysUnder().isEmpty()) {
      Arbitrary<String> keys = text().filter(key -> !Secrets.named(key));
      return Arbitraries.maps(keys, value(map.value())).ofMaxSize(3).map(Map::copyOf);
    } else if (type instanceof MapType) {
      return space();
    }
    return scalar((ScalarType) type);
  }

  private static Arbitrary<Object> space() {
    Arbitrary<Double> ends = Arbitraries.doubles().between(0.001, 1).ofScale(3);
    Arbitrary<SearchDimension> dimensions =
        Arbitraries.oneOf(
            ends.list().ofMinSize(1).ofMaxSize(3).map(all -> choice(all)),
            ends.map(high -> new SearchDimension.Uniform(0.0005, high)),
            ends.map(high -> new SearchDimension.LogUniform(0.0005, high)),
            Arbitraries.longs().between(2, 9).map(n -> new SearchDimension.IntegerRange(1, n)),
            Arbitraries.longs()
                .between(2, 9)
                .map(n -> new SearchDimension.IntegerRange(1, 1 + 3 * n, 3)),
            Arbitraries.longs().between(2, 9).map(n -> new SearchDimension.LogIntegerRange(1, n)),
            Arbitraries.of(0.125, 0.05)
                .map(step -> new SearchDimension.SteppedUniform(0.25, 1, step)));
    SearchDimension parent = new SearchDimension.Choice(List.of(true, false));
    Arbitrary<SearchDimension> conditional =
        dimensions.map(
            dimension ->
                new SearchDimension.Conditional(
                    dimension, Map.of("learner.intercept", List.of(true))));
    return Arbitraries.maps(
            Arbitraries.of("learner.l2", "learner.l1"), Arbitraries.oneOf(dimensions, conditional))
        .map(space -> withParent(space, parent));
  }

  private static Map<String, SearchDimension> withParent(
      Map<String, SearchDimension> space, SearchDimension parent) {
    Map<String, SearchDimension> complete = new LinkedHashMap<>(space);
    complete.put("learner.intercept", parent);
    return complete;
  }

  private static SearchDimension choice(List<Double> values) {
    return new SearchDimension.Choice(List.copyOf(values));
  }

  private static Arbitrary<Object> scalar(ScalarType type) {
    if (type instanceof ScalarType.Whole whole) {
      long min = whole.range().hasMin() ? (long) whole.range().min() : Long.MIN_VALUE;
      long max = whole.range().hasMax() ? (long) whole.range().max() : Long.MAX_VALUE;
      Arbitrary<Long> values = Arbitraries.longs().between(min, max);
      return whole.narrow() ? values.map(Long::intValue) : values.map(Object.class::cast);
    } else if (type instanceof ScalarType.Real real) {
      double max = real.range().hasMax() ? real.range().max() : 1e6;
      double min = real.range().hasMin() ? real.range().min() : 1e-6;
      return Arbitraries.doubles().between(min, max).ofScale(6).map(Object.class::cast);
    } else if (type instanceof ScalarType.Truth) {
      return Arbitraries.of(true, false);
    } else if (type instanceof ScalarType.Constant constant) {
      return Arbitraries.of(constant.constants()).map(Object.class::cast);
    }
    return text((ScalarType.Text) type);
  }

  private static Arbitrary<Object> text(ScalarType.Text type) {
    if (!type.oneOf().isEmpty()) {
      return Arbitraries.of(type.oneOf()).map(Object.class::cast);
    }
    return type.pattern().isEmpty()
        ? text().map(Object.class::cast)
        : Arbitraries.of(named(type.pattern())).map(Object.class::cast);
  }

  /** What the pattern allows of these: of an alias, for one, a number is refused. */
  private static List<String> named(String pattern) {
    return Stream.of("spam", "0", "a.b-C_1", "x".repeat(100), "http://host:5000")
        .filter(name -> name.matches(pattern))
        .toList();
  }

  /** Text with everything that YAML, substitution or key paths could stumble over. */
  private static Arbitrary<String> text() {
    Arbitrary<String> hostile =
        Arbitraries.of(
            "", " ", "null", "~", "true", "1e3", "${X}", "$${", "a: b", "- a", "#", "*.csv",
            "\uFEFF", "'\"");
    Arbitrary<String> any =
        Arbitraries.strings()
            .withCharRange(' ', '~')
            .withChars("äß漢字\n\t\u0085\u2028.")
            .ofMaxLength(12);
    return Arbitraries.oneOf(hostile, any);
  }
}
