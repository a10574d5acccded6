package dev.lakewright.registry;

import java.util.Map;

/**
 * A version with the contents of files that were checked.
 *
 * @param files contents by name
 */
public record LoadedVersion(ModelVersion version, Map<String, byte[]> files) {}
