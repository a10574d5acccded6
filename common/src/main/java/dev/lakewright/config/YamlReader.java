package dev.lakewright.config;

import dev.lakewright.errors.ConfigException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** YAML text into nodes that know their lines. */
final class YamlReader {

  private static final int MOST_ALIASES = 50;

  private final String name;
  private final boolean lines;
  private final EnvironmentVariables environment;

  /**
   * @param name of the source in messages
   * @param lines whether messages add the line
   */
  YamlReader(String name, boolean lines, EnvironmentVariables environment) {
    this.name = name;
    this.lines = lines;
    this.environment = environment;
  }

  /** The document; an empty mapping for an empty text. */
  ConfigNode read(String yaml) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setAllowDuplicateKeys(true)
            .build();
    try {
      Optional<Node> node = new Compose(settings).composeReader(new StringReader(yaml));
      return node.isEmpty() ? ConfigNode.Mapping.empty(name) : convert(node.get());
    } catch (MarkedYamlEngineException e) {
      throw new ConfigException(
          origin(e.getProblemMark())
              + ": this is no valid YAML: "
              + e.getProblem().lines().findFirst().orElse(""));
    } catch (YamlEngineException e) {
      throw new ConfigException(
          name + ": this is no valid YAML: " + e.getMessage().lines().findFirst().orElse(""));
    }
  }

  private ConfigNode convert(Node node) {
    String origin = origin(node.getStartMark());
    if (node instanceof ScalarNode scalar) {
      boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
      String written = scalar.getValue();
      return new ConfigNode.Scalar(environment.substitute(written, origin), written, plain, origin);
    }
    if (node instanceof SequenceNode sequence) {
      List<ConfigNode> items = new ArrayList<>();
      sequence.getValue().forEach(item -> items.add(convert(item)));
      return new ConfigNode.Sequence(List.copyOf(items), origin);
    }
    return mapping((MappingNode) node, origin);
  }

  private ConfigNode mapping(MappingNode node, String origin) {
    LinkedHashMap<String, ConfigNode> entries = new LinkedHashMap<>();
    Map<String, String> origins = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new ConfigException(
            origin(tuple.getKeyNode().getStartMark()) + ": a key must be a single word");
      }
      String keyOrigin = origin(key.getStartMark());
      if (entries.containsKey(key.getValue())) {
        throw new ConfigException(
            "%s: the key %s is there twice, first at %s"
                .formatted(keyOrigin, key.getValue(), origins.get(key.getValue())));
      }
      entries.put(key.getValue(), convert(tuple.getValueNode()));
      origins.put(key.getValue(), keyOrigin);
    }
    return new ConfigNode.Mapping(entries, origins, origin);
  }

  private String origin(Optional<Mark> mark) {
    return lines && mark.isPresent() ? name + ":" + (mark.get().getLine() + 1) : name;
  }
}
