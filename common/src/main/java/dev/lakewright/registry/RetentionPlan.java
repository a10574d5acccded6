package dev.lakewright.registry;

import java.util.List;
import java.util.Map;

/**
 * What a retention policy keeps and removes of a model.
 *
 * @param kept numbers, ascending
 * @param removed numbers, ascending, also those whose removal was begun and not ended
 * @param aliases kept for them: the versions that aliases point to, and lead back to
 */
public record RetentionPlan(
    String name, List<Integer> kept, List<Integer> removed, Map<Integer, String> aliases) {}
