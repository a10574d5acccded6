package dev.lakewright.config;

import java.util.regex.Pattern;

/** Tells by a key's name whether its value must never be shown or recorded. */
final class Secrets {

  /** Stands for a secret in the recorded configuration. */
  static final String MASK = "***";

  private static final Pattern NAME =
      Pattern.compile(
          "secret|passw|passphrase|pwd|token|credential"
              + "|(access|private|api|account|encryption)[._-]?key"
              + "|(^|[._-])sas([._-]|$)",
          Pattern.CASE_INSENSITIVE);

  private Secrets() {}

  /** Whether a key path holds a word such as secret, password, token, access.key, credential. */
  static boolean named(String keyPath) {
    return NAME.matcher(keyPath).find();
  }
}
