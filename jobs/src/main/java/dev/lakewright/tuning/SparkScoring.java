package dev.lakewright.tuning;

import static org.apache.spark.sql.functions.col;

import dev.lakewright.model.EnsembleScorer.Vote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Scores the validation rows of a fold by {@code spark.ml} models: one by itself, or several that
 * vote as {@link dev.lakewright.model.EnsembleScorer} lets them. All rows of a fold come together
 * in one task, in the order of their keys.
 */
final class SparkScoring {

  /** A probability of 0 has a margin that is still a finite number. */
  private static final double LEAST_PROBABILITY = 1e-300;

  private final Dataset<Row> validation;
  private final int trial;
  private final int fold;
  private final int classes;

  /**
   * @param validation rows of {@link FoldFrames}
   * @param classes number of them
   */
  SparkScoring(Dataset<Row> validation, int trial, int fold, int classes) {
    this.validation = validation;
    this.trial = trial;
    this.fold = fold;
    this.classes = classes;
  }

  /** Scores by one model, as one element. */
  JavaRDD<FoldScores> scores(Model<?> model) {
    Dataset<Row> scored = model.transform(validation);
    List<String> columns = Arrays.asList(scored.columns());
    boolean probabilities = columns.contains("probability");
    boolean margins = columns.contains("rawPrediction");
    FoldScores none = empty();
    int width = classes;
    return scored
        .select(
            col(FoldFrames.KEY),
            col(FoldFrames.ID),
            col(FoldFrames.LABEL),
            col(FoldFrames.WEIGHT),
            col(probabilities ? "probability" : margins ? "rawPrediction" : "prediction"))
        .repartition(1)
        .sortWithinPartitions(FoldFrames.KEY, FoldFrames.ID)
        .toJavaRDD()
        .mapPartitions(rows -> List.of(read(rows, none, width, probabilities)).iterator());
  }

  private FoldScores empty() {
    return new FoldScores(
        trial, fold, new long[0], new String[0], new int[0], new float[0], new double[0]);
  }

  private static FoldScores read(
      Iterator<Row> rows, FoldScores none, int classes, boolean probabilities) {
    List<Row> all = new ArrayList<>();
    rows.forEachRemaining(all::add);
    FoldScores scores =
        new FoldScores(
            none.trial(),
            none.fold(),
            new long[all.size()],
            new String[all.size()],
            new int[all.size()],
            new float[all.size()],
            new double[all.size() * classes]);
    for (int i = 0; i < all.size(); i++) {
      Row row = all.get(i);
      scores.keys()[i] = row.getLong(0);
      scores.ids()[i] = row.getString(1);
      scores.labels()[i] = (int) row.getDouble(2);
      scores.weights()[i] = (float) row.getDouble(3);
      for (int k = 0; k < classes; k++) {
        scores.margins()[i * classes + k] = margin(row.get(4), k, probabilities);
      }
    }
    return scores;
  }

  /** Softmax of the margins gives back the probabilities; without any, the label stands alone. */
  private static double margin(Object said, int k, boolean probabilities) {
    if (!(said instanceof Vector vector)) {
      return ((Double) said).intValue() == k ? 1 : 0;
    }
    double value = k < vector.size() ? vector.apply(k) : probabilities ? 0 : -1e300;
    return probabilities ? Math.log(Math.max(LEAST_PROBABILITY, value)) : value;
  }

  /** Scores by models that vote, as one element. */
  @SuppressWarnings("unchecked")
  JavaRDD<FoldScores> scores(JavaSparkContext spark, SparkEnsemble ensemble) {
    List<JavaPairRDD<Integer, FoldScores>> each = new ArrayList<>();
    for (int member = 0; member < ensemble.members().size(); member++) {
      int place = member;
      each.add(
          scores(ensemble.members().get(member))
              .mapToPair(scores -> new Tuple2<>(place, place == 0 ? scores : scores.nameless())));
    }
    Vote vote = ensemble.vote();
    double[] votes = ensemble.votes();
    int width = classes;
    JavaPairRDD<Integer, FoldScores>[] all = each.toArray(new JavaPairRDD[0]);
    return spark
        .union(all)
        .repartitionAndSortWithinPartitions(new HashPartitioner(1))
        .mapPartitions(members -> List.of(together(members, vote, votes, width)).iterator());
  }

  private static FoldScores together(
      Iterator<Tuple2<Integer, FoldScores>> members, Vote vote, double[] votes, int classes) {
    FoldScores first = members.next()._2();
    MemberVotes sum = new MemberVotes(vote, first.labels().length, classes);
    sum.add(first.margins(), votes[0]);
    while (members.hasNext()) {
      Tuple2<Integer, FoldScores> member = members.next();
      sum.add(member._2().margins(), votes[member._1()]);
    }
    return first.with(sum.margins());
  }
}
