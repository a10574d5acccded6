package dev.lakewright.config;

import java.util.List;

/** A key that must be set; or several, of which at least one must be. */
record Requirement(List<String> alternatives) {

  /** Reads {@code data.table}, or {@code data.text|data.numeric} for at least one of them. */
  static Requirement parse(String paths) {
    return new Requirement(List.of(paths.split("\\|")));
  }

  /** The message about a key that every job needs. */
  static String missing(String path) {
    return path + " is required" + cure(path);
  }

  /** The message about keys that a job needs. */
  String missingFor(String job) {
    String keys =
        alternatives.size() == 1
            ? alternatives.get(0)
            : "one of " + String.join(", ", alternatives);
    return keys + " is required by the job " + job + cure(alternatives.get(0));
  }

  private static String cure(String path) {
    return ": set it in the file or with --set " + path + "=...";
  }
}
