package dev.lakewright.config;

import dev.lakewright.config.ConfigNode.Mapping;
import dev.lakewright.errors.ConfigException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A configuration file of YAML in UTF-8. */
final class ConfigFile {

  private ConfigFile() {}

  /**
   * Reads a file; an empty one is a configuration in which nothing is set.
   *
   * @throws ConfigException if it cannot be read, or is not a section of keys in valid YAML
   */
  static Mapping read(Path file, Environment environment) {
    ConfigNode root =
        YamlReader.read(text(file), "", line -> file + ":" + line, environment)
            .filter(node -> !node.isUnset())
            .orElse(SectionType.unset(file.toString()));
    if (root instanceof Mapping mapping) {
      return mapping;
    }
    throw new ConfigException(
        root.place() + ": a configuration must be lines of 'key: value', not " + root.shown());
  }

  private static String text(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ConfigException(file + ": no such file; give an existing YAML file with -c");
    }
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return text.startsWith("\uFEFF") ? text.substring(1) : text; // a byte order mark
    } catch (CharacterCodingException e) {
      throw new ConfigException(file + ": not UTF-8 text; save it as UTF-8");
    } catch (IOException e) {
      throw new ConfigException(file + ": cannot be read: " + e + "; check its permissions");
    }
  }
}
