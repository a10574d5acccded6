package dev.lakewright.ensemble;

import dev.lakewright.matrix.RowMatrix;
import java.util.Optional;

/**
 * Rows to train an ensemble on.
 *
 * @param keys stable hash per training row; rows of equal keys lie side by side
 * @param validation rows that early stopping looks at
 */
@SuppressWarnings("ArrayRecordComponent")
public record EnsembleRows(
    RowMatrix training, long[] keys, Optional<RowMatrix> validation, int classes) {}
