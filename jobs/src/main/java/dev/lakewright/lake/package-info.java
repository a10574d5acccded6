/**
 * Delta tables: reading a version, the labelled rows of a table, their split into training and test
 * rows and into folds, lineage. Holds nothing about features or models.
 */
package dev.lakewright.lake;
