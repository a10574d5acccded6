/**
 * Methods of {@code sampling} over rows that stay spread over the cluster, as tables of Spark: how
 * the rows of a result derive from those of their source, by numbers of rows. Reading the rows and
 * writing the result is left to others.
 */
package dev.lakewright.spread;
