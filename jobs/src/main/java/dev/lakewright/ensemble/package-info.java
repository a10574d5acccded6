/**
 * Ensembles for rare classes: several models, each trained on a subset with about as many rows of
 * every class, side by side (bagging) or one after the other (boosting). Subsets and boosting are
 * the same for all learners, the training is that of linear models. Reads rows as plain arrays;
 * folds and trials are not known here.
 */
package dev.lakewright.ensemble;
