/**
 * Search spaces and samplers: which points of a space to try next, given what earlier ones reached;
 * and which parameters of a space mattered. Plain Java; what a point means and how it is measured
 * is the business of {@code tuning}.
 */
package dev.lakewright.search;
