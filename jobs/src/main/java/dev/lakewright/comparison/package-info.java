/**
 * Remedies for rare classes side by side: which suit a table, what each sets in the configuration,
 * and how much better than none it is over the same rows.
 */
package dev.lakewright.comparison;
