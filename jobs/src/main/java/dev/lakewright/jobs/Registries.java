package dev.lakewright.jobs;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.registry.ObjectStore;
import dev.lakewright.registry.ObjectStores;
import dev.lakewright.registry.Registry;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The configured registry, with the Hadoop settings among Spark's: those of spark-submit, over them
 * the configuration's.
 */
final class Registries {

  private static final String PREFIX = "spark.hadoop.";

  private Registries() {}

  static Registry open(LakewrightConfig config) {
    return at(config, config.registry().path());
  }

  /** The registry at another path, with the same settings. */
  static Registry at(LakewrightConfig config, String path) {
    return Registry.open(path, hadoop(config), config.registry().singleWriter());
  }

  /** Where a model's sweeps lie, unless {@code tune.table} says so. */
  static String sweeps(LakewrightConfig config, String model) {
    return config.registry().path() + "/" + model + "/sweeps";
  }

  /** A folder as a store, with the same settings. */
  static ObjectStore store(LakewrightConfig config, String folder) {
    return ObjectStores.open(folder, hadoop(config), config.registry().singleWriter());
  }

  private static Map<String, String> hadoop(LakewrightConfig config) {
    Map<String, String> settings = new LinkedHashMap<>();
    System.getProperties().stringPropertyNames().stream()
        .filter(key -> key.startsWith(PREFIX))
        .forEach(key -> settings.put(key.substring(PREFIX.length()), System.getProperty(key)));
    config
        .spark()
        .forEach(
            (key, value) -> {
              if (key.startsWith(PREFIX)) {
                settings.put(key.substring(PREFIX.length()), value);
              }
            });
    return settings;
  }
}
