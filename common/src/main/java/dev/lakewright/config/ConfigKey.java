package dev.lakewright.config;

import java.util.Optional;

/**
 * One key of the configuration, for reference pages.
 *
 * @param path such as {@code learner.l2}
 * @param type what it holds, such as "a number, at least 0"
 * @param fallback the default as YAML text; empty if the key is unset by default
 * @param doc what it does, in one line
 */
public record ConfigKey(String path, String type, Optional<String> fallback, String doc) {}
