package dev.lakewright.jobs;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.registry.ObjectStore;
import dev.lakewright.registry.ObjectStores;
import dev.lakewright.registry.Registry;
import java.util.LinkedHashMap;
import java.util.Map;

/** The configured registry, with the Hadoop settings among Spark's. */
final class Registries {

  private static final String PREFIX = "spark.hadoop.";

  private Registries() {}

  static Registry open(LakewrightConfig config) {
    return Registry.open(config.registry().path(), hadoop(config));
  }

  /** A folder as a store, with the same settings. */
  static ObjectStore store(LakewrightConfig config, String folder) {
    return ObjectStores.open(folder, hadoop(config));
  }

  private static Map<String, String> hadoop(LakewrightConfig config) {
    Map<String, String> settings = new LinkedHashMap<>();
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
