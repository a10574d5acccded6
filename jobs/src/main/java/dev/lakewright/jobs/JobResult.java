package dev.lakewright.jobs;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a job did: the JSON object on the last line of standard output. Field names are snake_case
 * and stable; values are strings, numbers, booleans, lists and maps of these.
 */
public record JobResult(String job, String status, Map<String, Object> fields) {

  public JobResult {
    fields = new LinkedHashMap<>(fields);
  }
}
