package dev.lakewright.config;

import java.util.Optional;

/** The HTML report. */
public record ReportConfig(
    @Key(doc = "Local file for a copy of the report; default: only in the registry")
        Optional<String> path,
    @Key(doc = "Terms shown per class", fallback = "15", min = 0, max = 200) int topTerms) {}
