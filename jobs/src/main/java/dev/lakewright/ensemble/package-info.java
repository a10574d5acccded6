/**
 * Ensembles for rare classes: several linear models, each trained on a subset with about as many
 * rows of every class, side by side (bagging) or one after the other (boosting). Reads rows as
 * plain arrays; folds and trials are not known here.
 */
package dev.lakewright.ensemble;
