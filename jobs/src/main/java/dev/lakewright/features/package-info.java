/**
 * Records into features on the cluster: counted rows in blocks, statistics per fold, vocabularies.
 * What a feature is, and its value, is decided in {@code common}'s {@code model} alone.
 */
package dev.lakewright.features;
