/**
 * Nearest neighbours by Euclidean distance, of rows in memory and of rows on the cluster, exact and
 * approximate. What neighbours are good for is the business of {@code sampling}.
 */
package dev.lakewright.neighbours;
