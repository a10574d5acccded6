package dev.lakewright.config;

import java.util.Optional;

/** The model's name and alias. */
public record ModelConfig(
    @Key(doc = "Name in the registry: letters, digits, '.', '_' and '-'", pattern = NAME)
        Optional<String> name,
    @Key(doc = "Alias that a newly published version gets", fallback = "champion", pattern = NAME)
        String alias) {

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";
}
