package dev.lakewright.model;

/**
 * The values of one record, in the order of a {@link RecordSchema}. A missing text is empty or
 * null, a missing number is NaN, a missing category is null.
 *
 * @param texts one per text column
 * @param numbers one per numeric column
 * @param categories one per categorical column
 */
@SuppressWarnings("ArrayRecordComponent") // one per row on the hot path: no copies, no boxing
public record FeatureRecord(String[] texts, double[] numbers, String[] categories) {}
