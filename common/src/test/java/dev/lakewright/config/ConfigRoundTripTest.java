package dev.lakewright.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.config.SectionType.Field;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Laws that hold for every valid configuration. */
class ConfigRoundTripTest {

  private static final SectionType ROOT = SectionType.of(LakewrightConfig.class);
  private Path file;

  @BeforeTry
  void createFile() throws IOException {
    file = Files.createTempFile("config", ".yaml");
  }

  @AfterTry
  void deleteFile() throws IOException {
    Files.delete(file);
  }

  @Provide
  Arbitrary<LakewrightConfig> configs() {
    return RandomConfigs.configs();
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void aConfigurationRenderedToYamlBindsToTheSameRecord(@ForAll("configs") LakewrightConfig config)
      throws IOException {
    assertThat(load(section(ROOT, config)).bind(LakewrightConfig.class)).isEqualTo(config);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void theRecordedConfigurationBindsToTheSameRecord(@ForAll("configs") LakewrightConfig config)
      throws IOException {
    Map<String, Object> recorded = load(section(ROOT, config)).recorded();
    assertThat(load(recorded).bind(LakewrightConfig.class)).isEqualTo(config);
  }

  private ConfigDocument load(Map<String, Object> tree) throws IOException {
    Files.writeString(file, YamlFixture.json(tree));
    return ConfigDocument.load(Optional.of(file), List.of(), Map.of());
  }

  private static Map<String, Object> section(SectionType type, Record section) {
    Map<String, Object> tree = new LinkedHashMap<>();
    RecordComponent[] components = type.record().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      Field field = type.fields().get(i);
      Object value = component(section, components[i]);
      if (value instanceof Optional<?> optional) {
        optional.ifPresent(present -> tree.put(field.name(), value(field.type(), present)));
      } else {
        tree.put(field.name(), value(field.type(), value));
      }
    }
    return tree;
  }

  private static Object component(Record section, RecordComponent component) {
    try {
      return component.getAccessor().invoke(section);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object value(ValueType type, Object value) {
    if (type instanceof SectionType sectionType) {
      return section(sectionType, (Record) value);
    } else if (type instanceof ListType list) {
      List<Object> values = new ArrayList<>();
      ((List<?>) value).forEach(item -> values.add(value(list.element(), item)));
      return values;
    } else if (type instanceof MapType map) {
      Map<String, Object> values = new LinkedHashMap<>();
      ((Map<?, ?>) value)
          .forEach((key, item) -> values.put((String) key, value(map.value(), item)));
      return values;
    } else if (type instanceof SearchType) {
      return dimension((SearchDimension) value);
    }
    return value instanceof String text
        ? Environment.escaped(text)
        : ((ScalarType) type).recorded(value);
  }

  private static Object dimension(SearchDimension dimension) {
    if (dimension instanceof SearchDimension.Choice choice) {
      return choice.values();
    } else if (dimension instanceof SearchDimension.Uniform range) {
      return Map.of("uniform", List.of(range.low(), range.high()));
    } else if (dimension instanceof SearchDimension.SteppedUniform range) {
      return Map.of("uniform", List.of(range.low(), range.high()), "step", range.step());
    } else if (dimension instanceof SearchDimension.LogUniform range) {
      return Map.of("log_uniform", List.of(range.low(), range.high()));
    } else if (dimension instanceof SearchDimension.IntegerRange range) {
      return Map.of("int", List.of(range.low(), range.high()), "step", range.step());
    } else if (dimension instanceof SearchDimension.LogIntegerRange range) {
      return Map.of("log_int", List.of(range.low(), range.high()));
    }
    SearchDimension.Conditional conditional = (SearchDimension.Conditional) dimension;
    Map<String, Object> tree = new LinkedHashMap<>();
    if (dimension(conditional.dimension()) instanceof Map<?, ?> form) {
      form.forEach((key, value) -> tree.put((String) key, value));
    } else {
      tree.put("choice", dimension(conditional.dimension()));
    }
    tree.put("when", conditional.when());
    return tree;
  }
}
