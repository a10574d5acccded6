package dev.lakewright.retrain;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one gate said.
 *
 * @param gate its name, such as {@code gain}
 * @param rows name of the rows it looked at, such as {@code held_out}; empty where it needs none
 * @param value what was measured
 * @param limit what it was measured against
 * @param explanation one line for people, with its numbers
 * @param numbers all that was measured, by snake_case name
 */
public record Verdict(
    String gate,
    String rows,
    boolean passed,
    double value,
    double limit,
    String explanation,
    Map<String, Object> numbers) {

  public Verdict {
    numbers = new LinkedHashMap<>(numbers);
  }

  /** For results and records. */
  public Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("gate", gate);
    if (!rows.isEmpty()) {
      fields.put("rows", rows);
    }
    fields.put("passed", passed);
    fields.put("value", value);
    fields.put("limit", limit);
    fields.put("explanation", explanation);
    fields.putAll(numbers);
    return fields;
  }
}
