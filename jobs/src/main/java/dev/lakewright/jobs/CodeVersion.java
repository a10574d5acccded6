package dev.lakewright.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Which code this is, from {@code lakewright.properties} that the build fills in.
 *
 * @param number the project's, which fingerprints hold: what another build of it made is not made
 *     anew
 * @param commit that was built, with {@code -changed} where files differed from it; empty outside
 *     of git
 * @param libraries library to version
 */
record CodeVersion(String number, String commit, Map<String, String> libraries) {

  /** Number and commit, for people and records. */
  String text() {
    return commit.isEmpty() ? number : number + " (" + commit + ")";
  }

  static CodeVersion current() {
    Properties properties = new Properties();
    try (InputStream in = CodeVersion.class.getResourceAsStream("/lakewright.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> libraries = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith("library.")) {
        libraries.put(name.substring("library.".length()), properties.getProperty(name));
      }
    }
    return new CodeVersion(
        properties.getProperty("version"),
        properties.getProperty("commit"),
        new LinkedHashMap<>(libraries));
  }
}
