package dev.lakewright.tuning;

import dev.lakewright.model.EnsembleScorer.Vote;
import java.util.List;
import org.apache.spark.ml.Model;

/**
 * Models of {@code spark.ml} that vote.
 *
 * @param votes what each member's vote counts for, > 0
 */
@SuppressWarnings("ArrayRecordComponent")
record SparkEnsemble(Vote vote, List<Model<?>> members, double[] votes) {}
