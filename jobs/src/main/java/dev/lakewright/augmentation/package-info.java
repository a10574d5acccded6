/**
 * Made-up training rows: texts altered word by word (EDA), mixtures of feature vectors (mix-up),
 * and how many of them each class gets in a fold. Everything is drawn by hashes of a row's key, a
 * seed and a copy's number, so that it does not depend on where rows lie.
 */
package dev.lakewright.augmentation;
