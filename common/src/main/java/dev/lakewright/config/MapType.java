package dev.lakewright.config;

import java.util.List;

/**
 * A map from words of the user's choice.
 *
 * @param keysUnder sections of the configuration whose key paths are the only words allowed; empty
 *     for any word
 */
record MapType(ValueType value, List<String> keysUnder) implements ValueType {

  @Override
  public String described() {
    return "a map of words to " + value.described();
  }
}
