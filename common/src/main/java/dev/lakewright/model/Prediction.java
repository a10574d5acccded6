package dev.lakewright.model;

import java.util.Map;

/**
 * What a classifier says of one record.
 *
 * @param probabilities per label, in the order of labels
 */
public record Prediction(String label, Map<String, Double> probabilities) {}
