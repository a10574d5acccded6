package dev.lakewright.registry;

import java.util.List;

/**
 * What a retention policy removed, or would remove.
 *
 * @param removed versions whose files are gone
 * @param deferred versions that an alias was being moved to; their files stay for now
 * @param leftovers folders of publishers that had lost a race or died
 * @param bytes of the removed versions' files
 * @param damaged what is wrong with manifests that could not be read; beside those no leftovers are
 *     looked for
 */
public record RetentionResult(
    List<Integer> removed,
    List<Integer> deferred,
    int leftovers,
    long bytes,
    List<String> damaged) {}
