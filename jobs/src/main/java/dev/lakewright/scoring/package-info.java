/** Scoring rows on Spark with the published classifier, the same code that scores anywhere else. */
package dev.lakewright.scoring;
