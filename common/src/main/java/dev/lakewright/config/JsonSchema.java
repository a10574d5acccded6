package dev.lakewright.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.config.SectionType.Field;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * The JSON schema (draft 2020-12) of a configuration, for completion and checks in editors. It
 * accepts what the binder accepts, save that it cannot see rules between keys.
 */
final class JsonSchema {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String ENVIRONMENT = "environment";
  private static final String SEARCH = "search";
  private static final String TEXT = "text";

  private final ConfigSchema schema;

  private JsonSchema(ConfigSchema schema) {
    this.schema = schema;
  }

  /** The schema as indented JSON text that ends with a line feed. */
  static String of(Class<? extends Record> type, String title) {
    return new JsonSchema(ConfigSchema.of(type)).render(title);
  }

  private String render(String title) {
    ObjectNode document = NODES.objectNode();
    document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    document.put("title", title);
    document.setAll(section(schema.root()));
    ObjectNode definitions = document.putObject("$defs");
    definitions.set(TEXT, anyText());
    definitions.set(ENVIRONMENT, environment());
    definitions.set(SEARCH, search());
    return print(document);
  }

  private static String print(ObjectNode document) {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(lines);
    try {
      return MAPPER.writer(printer).writeValueAsString(document) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON nodes could not be written", e);
    }
  }

  private ObjectNode of(ValueType type) {
    if (type instanceof SectionType section) {
      return section(section);
    } else if (type instanceof MapType map) {
      return map(map);
    } else if (type instanceof ListType list) {
      return list(list);
    } else if (type instanceof SearchType) {
      return reference(SEARCH);
    }
    return scalar((ScalarType) type);
  }

  private ObjectNode section(SectionType type) {
    ObjectNode section = object();
    ObjectNode properties = section.putObject("properties");
    for (Field field : type.fields()) {
      ObjectNode property = properties.putObject(field.name());
      property.put("description", field.doc());
      property.setAll(of(field.type()));
      field
          .fallbackNode()
          .map(node -> Recorder.value(field.type(), node))
          .ifPresent(value -> property.set("default", MAPPER.valueToTree(value)));
    }
    section.put("additionalProperties", false);
    return section;
  }

  private ObjectNode map(MapType type) {
    ObjectNode map = object();
    if (type.keysUnder().isEmpty()) {
      map.set("additionalProperties", of(type.value()));
      return map;
    }
    ObjectNode properties = map.putObject("properties");
    ObjectNode patterns = NODES.objectNode();
    for (String path : schema.paths()) {
      ConfigSchema.Location location = schema.locate(path);
      if (type.keysUnder().contains(location.words().get(0))) {
        if (location.type().orElseThrow() instanceof MapType) {
          patterns.set("^" + path.replace(".", "\\.") + "\\.", of(type.value()));
        } else {
          properties.set(path, of(type.value()));
        }
      }
    }
    map.set("patternProperties", patterns);
    map.put("additionalProperties", false);
    return map;
  }

  private ObjectNode list(ListType type) {
    ObjectNode list = NODES.objectNode();
    list.put("type", "array");
    list.set("items", of(type.element()));
    return type.acceptsLoneScalar() ? anyOf(list, of(type.element())) : list;
  }

  private static ObjectNode scalar(ScalarType type) {
    if (type instanceof ScalarType.Text text) {
      return text(text);
    }
    ObjectNode scalar = NODES.objectNode();
    if (type instanceof ScalarType.Constant constant) {
      ArrayNode words = scalar.putArray("enum");
      constant.words().stream()
          .flatMap(word -> Stream.of(word, word.replace('_', '-')).distinct())
          .forEach(words::add);
    } else if (type instanceof ScalarType.Truth) {
      scalar.put("type", "boolean");
    } else if (type instanceof ScalarType.Whole whole) {
      scalar.put("type", "integer");
      range(scalar, whole.range());
    } else if (type instanceof ScalarType.Real real) {
      scalar.put("type", "number");
      range(scalar, real.range());
    }
    return anyOf(scalar, reference(ENVIRONMENT));
  }

  private static ObjectNode text(ScalarType.Text type) {
    ObjectNode text = NODES.objectNode();
    if (!type.oneOf().isEmpty()) {
      ArrayNode words = text.putArray("enum");
      type.oneOf().forEach(words::add);
      return anyOf(text, reference(ENVIRONMENT));
    }
    if (type.pattern().isEmpty()) {
      return reference(TEXT);
    }
    text.put("type", "string").put("pattern", "^(?:" + type.pattern() + ")$");
    return anyOf(text, reference(ENVIRONMENT));
  }

  /** Text: a number or truth value is text too where text is asked for. */
  private static ObjectNode anyText() {
    ObjectNode text = NODES.objectNode();
    text.putArray("type").add("string").add("number").add("boolean");
    return text;
  }

  private static void range(ObjectNode number, Range range) {
    if (range.hasMin()) {
      number.put("minimum", new BigDecimal(Numerals.shown(range.min())));
    }
    if (range.hasMax()) {
      number.put("maximum", new BigDecimal(Numerals.shown(range.max())));
    }
  }

  /** Text with {@code ${NAME}} in it, whose value is known only when it is loaded. */
  private static ObjectNode environment() {
    ObjectNode text = NODES.objectNode();
    text.put("type", "string");
    text.put("pattern", "\\$\\{");
    return text;
  }

  private static ObjectNode search() {
    ObjectNode list = NODES.objectNode();
    list.put("type", "array").put("minItems", 1);
    ObjectNode range = NODES.objectNode();
    range.put("type", "array").put("minItems", 2).put("maxItems", 2);
    ObjectNode number = NODES.objectNode().put("type", "number");
    range.set("items", anyOf(number, reference(ENVIRONMENT)));
    ObjectNode form = object();
    ObjectNode properties = form.putObject("properties");
    properties.set("choice", list);
    List.of("uniform", "log_uniform", "int", "log_int")
        .forEach(name -> properties.set(name, range));
    ArrayNode oneForm = form.putArray("oneOf");
    properties
        .fieldNames()
        .forEachRemaining(name -> oneForm.addObject().putArray("required").add(name));
    properties.set("step", anyOf(number.deepCopy(), reference(ENVIRONMENT)));
    properties.set("when", object().put("minProperties", 1));
    form.put("additionalProperties", false);
    return anyOf(list.deepCopy(), form);
  }

  private static ObjectNode object() {
    ObjectNode object = NODES.objectNode();
    object.put("type", "object");
    return object;
  }

  private static ObjectNode reference(String definition) {
    ObjectNode reference = NODES.objectNode();
    reference.put("$ref", "#/$defs/" + definition);
    return reference;
  }

  private static ObjectNode anyOf(ObjectNode one, ObjectNode other) {
    ObjectNode either = NODES.objectNode();
    either.putArray("anyOf").add(one).add(other);
    return either;
  }
}
