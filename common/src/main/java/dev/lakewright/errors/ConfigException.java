package dev.lakewright.errors;

import java.util.List;

/** A usage or configuration error: exit code 2. May tell several problems, one line each. */
public final class ConfigException extends LakewrightException {

  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message, null);
  }

  /** One failure for all problems of a configuration; each is one line. */
  public ConfigException(List<String> problems) {
    super(String.join("\n", problems), null);
  }

  @Override
  public int exitCode() {
    return 2;
  }
}
