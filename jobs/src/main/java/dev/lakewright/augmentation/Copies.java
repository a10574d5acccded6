package dev.lakewright.augmentation;

import java.io.Serializable;

/**
 * The altered copies of all training rows.
 *
 * @param seed of the rows' draws
 * @param texts how copies are made
 * @param selection which of them train where
 */
public record Copies(long seed, TextAugmentation texts, CopySelection selection)
    implements Serializable {}
