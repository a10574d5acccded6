package dev.lakewright.sampling;

import dev.lakewright.neighbours.RowBlock;
import java.io.Serializable;

/**
 * Rows made from others.
 *
 * @param baseKeys per row, key of the row it starts from
 * @param neighbourKeys per row, key of the row it goes to
 * @param gaps per row, how far it goes, from 0 up to 1
 * @param rows with keys that are unique with high probability, and depend on keys and seed alone
 */
@SuppressWarnings("ArrayRecordComponent")
public record SyntheticRows(long[] baseKeys, long[] neighbourKeys, double[] gaps, RowBlock rows)
    implements Serializable {}
