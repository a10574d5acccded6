package dev.lakewright.config;

import java.util.Optional;

/** The model's name and alias. */
public record ModelConfig(
    @Key(doc = "Name in the registry: letters, digits, '.', '_' and '-'") Optional<String> name,
    @Key(doc = "Alias that a newly published version gets", fallback = "champion") String alias) {}
