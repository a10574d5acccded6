package dev.lakewright.ensemble;

import dev.lakewright.matrix.RowMatrix;
import java.util.Optional;

/**
 * Rows to train an ensemble on.
 *
 * @param validation rows that early stopping looks at
 */
public record EnsembleRows(RowMatrix training, Optional<RowMatrix> validation, int classes) {}
