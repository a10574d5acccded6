package dev.lakewright.config;

import java.util.Optional;

/** The model's name and alias. Both become folders of the registry. */
public record ModelConfig(
    @Key(
            doc = "Name in the registry: letters, digits, '.', '_' and '-'; at most 100",
            pattern = ModelConfig.NAME)
        Optional<String> name,
    @Key(
            doc = "Alias that a newly published version gets; neither latest nor a number",
            fallback = "champion",
            pattern = "(?!latest$|[0-9]+$)" + ModelConfig.NAME)
        String alias) {

  /** Safe as one step of a path: never empty, "." or "..", and without a separator. */
  static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";
}
