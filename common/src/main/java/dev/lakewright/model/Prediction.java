package dev.lakewright.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a classifier says of a record.
 *
 * @param label the predicted class
 * @param probabilities class to probability, in the order of the classifier's labels
 */
public record Prediction(String label, Map<String, Double> probabilities) {

  public Prediction {
    probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
  }
}
