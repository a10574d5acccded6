/**
 * What training rows count for, and how many there are of each class: class weights, and rows made
 * or removed with the meaning of imbalanced-learn. A method is a small class that knows how to make
 * rows ({@code OverSampling}), choose some ({@code UnderSampling}) or find those in the way ({@code
 * Cleaning}); which classes, and how many rows, is the business of {@code Targets}. Validation and
 * test rows are never touched.
 */
package dev.lakewright.sampling;
