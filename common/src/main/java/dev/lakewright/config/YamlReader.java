package dev.lakewright.config;

import dev.lakewright.errors.ConfigException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML 1.2 text to a tree of nodes with places. Reads one document without tags; scalars stay text
 * for the binder to interpret. Depth and size are bounded after aliases are expanded, so that no
 * text of a few lines can take up the memory.
 */
final class YamlReader {

  private static final int MAX_DEPTH = 50;
  private static final int MAX_NODES = 100_000;
  private static final LoadSettings SETTINGS = LoadSettings.builder().build();

  private final Iterator<Event> events;
  private final IntFunction<String> placeOfLine;
  private final Environment environment;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private int nodes;

  /** A node to repeat, with its size in nodes. */
  private record Anchored(ConfigNode node, int nodes) {}

  private YamlReader(
      Iterator<Event> events, IntFunction<String> placeOfLine, Environment environment) {
    this.events = events;
    this.placeOfLine = placeOfLine;
    this.environment = environment;
  }

  /**
   * Reads a document.
   *
   * @param path the key path that the document is the value of; empty for a whole file
   * @param placeOfLine the place to name for a line, counted from 1
   * @return empty if there is nothing but comments
   * @throws ConfigException one line with the place if it is not valid YAML
   */
  static Optional<ConfigNode> read(
      String yaml, String path, IntFunction<String> placeOfLine, Environment environment) {
    try {
      Iterator<Event> events = new Parse(SETTINGS).parseString(yaml).iterator();
      return new YamlReader(events, placeOfLine, environment).document(path);
    } catch (YamlEngineException e) {
      throw YamlSyntax.problem(e, yaml, placeOfLine);
    }
  }

  private Optional<ConfigNode> document(String path) {
    events.next(); // start of stream
    if (events.next().getEventId() == Event.ID.StreamEnd) {
      return Optional.empty();
    }
    Event first = events.next();
    ConfigNode root = node(first, path, place(first), 0);
    events.next(); // end of document
    Event after = events.next();
    if (after.getEventId() != Event.ID.StreamEnd) {
      throw new ConfigException(
          place(after) + ": a second YAML document begins here; keep one per file");
    }
    return Optional.of(root);
  }

  private ConfigNode node(Event event, String path, String place, int depth) {
    if (event instanceof AliasEvent alias) {
      return repeated(alias, place);
    }
    int before = nodes;
    count(1, place);
    if (depth > MAX_DEPTH) {
      throw new ConfigException(
          place + ": nested deeper than " + MAX_DEPTH + " levels; flatten it");
    }
    ConfigNode node = content(event, path, place, depth);
    ((NodeEvent) event)
        .getAnchor()
        .ifPresent(anchor -> anchors.put(anchor, new Anchored(node, nodes - before)));
    return node;
  }

  private ConfigNode content(Event event, String path, String place, int depth) {
    if (event instanceof ScalarEvent scalar) {
      refuse(scalar.getTag(), place);
      return environment.substitute(
          place, scalar.getValue(), scalar.isPlain(), Secrets.named(path));
    }
    if (event instanceof SequenceStartEvent start) {
      refuse(start.getTag(), place);
      return sequence(path, place, depth);
    }
    refuse(((MappingStartEvent) event).getTag(), place);
    return mapping(path, place, depth);
  }

  private ConfigNode sequence(String path, String place, int depth) {
    List<ConfigNode> items = new ArrayList<>();
    for (Event item = events.next();
        item.getEventId() != Event.ID.SequenceEnd;
        item = events.next()) {
      items.add(node(item, path, place(item), depth + 1));
    }
    return new ConfigNode.Sequence(place, items);
  }

  private ConfigNode mapping(String path, String place, int depth) {
    Map<String, ConfigNode> entries = new LinkedHashMap<>();
    for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
      String keyPlace = place(key);
      String name = key(key, keyPlace);
      String keyPath = path.isEmpty() ? name : path + "." + name;
      ConfigNode earlier = entries.get(name);
      if (earlier != null) {
        throw new ConfigException(
            "%s: duplicate key %s, already at %s; keep one"
                .formatted(keyPlace, Quoted.line(keyPath), earlier.place()));
      }
      entries.put(name, node(events.next(), keyPath, keyPlace, depth + 1));
    }
    return new ConfigNode.Mapping(place, entries);
  }

  private static String key(Event event, String place) {
    if (!(event instanceof ScalarEvent scalar)) {
      throw new ConfigException(place + ": a key must be a word, not a list, section or alias");
    }
    refuse(scalar.getTag(), place);
    return scalar.getValue();
  }

  private ConfigNode repeated(AliasEvent alias, String place) {
    Anchored anchored = anchors.get(alias.getAlias());
    if (anchored == null) {
      // the word after * is not echoed: it may be the start of an unquoted secret
      throw new ConfigException(
          place
              + ": * refers to an anchor (&) that is not set before; quote a text that begins"
              + " with *");
    }
    count(anchored.nodes(), place);
    return anchored.node().at(place);
  }

  private void count(int more, String place) {
    nodes += more;
    if (nodes > MAX_NODES) {
      throw new ConfigException(
          place + ": more than " + MAX_NODES + " values once aliases (*) are expanded; use fewer");
    }
  }

  private static void refuse(Optional<String> tag, String place) {
    if (tag.isPresent()) {
      throw new ConfigException(
          place + ": YAML tags (!...) are not supported; quote a text that begins with !");
    }
  }

  private String place(Event event) {
    return placeOfLine.apply(event.getStartMark().map(Mark::getLine).orElse(0) + 1);
  }
}
