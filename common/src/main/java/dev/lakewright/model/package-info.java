/**
 * What a trained model is and does: {@code Featurizer} (record to sparse vector), {@code Scorer}
 * (vector to raw scores), {@code Classifier} (both, with calibration, thresholds and labels), and
 * their storage as {@code model.json} and {@code weights.safetensors}.
 *
 * <p>Does not hold training, which needs Spark, nor where versions are kept ({@code registry}).
 */
package dev.lakewright.model;
