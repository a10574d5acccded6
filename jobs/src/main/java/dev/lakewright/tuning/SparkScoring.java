package dev.lakewright.tuning;

import dev.lakewright.model.EnsembleScorer.Vote;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Scores the validation rows of a fold by {@code spark.ml} models: one by itself, or several that
 * vote as {@link dev.lakewright.model.EnsembleScorer} lets them. All rows of a fold come together
 * in one task, in their order.
 */
final class SparkScoring {

  /** A probability of 0 has a margin that is still a finite number. */
  private static final double LEAST_PROBABILITY = 1e-300;

  private static final String PREDICTION = "prediction";
  private static final String PROBABILITY = "probability";
  private static final String RAW_PREDICTION = "rawPrediction";

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

  /** Makes an estimator's models say what they say in the columns that are looked for here. */
  static void nameColumns(Estimator<?> estimator) {
    for (String column : List.of(PREDICTION, PROBABILITY, RAW_PREDICTION)) {
      if (estimator.hasParam(column + "Col")) {
        estimator.set(column + "Col", column);
      }
    }
  }

  /**
   * What a model says of rows: the best of what there is.
   *
   * @param column of probabilities, margins, or labels
   */
  record Said(String column) implements Serializable {

    static Said in(Dataset<Row> scored) {
      List<String> columns = Arrays.asList(scored.columns());
      return new Said(
          Stream.of(PROBABILITY, RAW_PREDICTION)
              .filter(columns::contains)
              .findFirst()
              .orElse(PREDICTION));
    }

    /**
     * The margins of a row. Softmax of them gives back the probabilities; without any, the label
     * stands alone.
     *
     * @param margins out, per class
     */
    void read(Object said, double[] margins) {
      for (int k = 0; k < margins.length; k++) {
        margins[k] = margin(said, k);
      }
    }

    private double margin(Object said, int k) {
      if (!(said instanceof Vector vector)) {
        return ((Double) said).intValue() == k ? 1 : 0;
      }
      boolean probabilities = column.equals(PROBABILITY);
      double value = k < vector.size() ? vector.apply(k) : probabilities ? 0 : -1e300;
      return probabilities ? Math.log(Math.max(LEAST_PROBABILITY, value)) : value;
    }
  }

  /** Scores by one model, as one element. */
  JavaRDD<FoldScores> scores(Model<?> model) {
    Dataset<Row> scored = model.transform(validation);
    Said said = Said.in(scored);
    int ofTrial = trial;
    int ofFold = fold;
    int width = classes;
    return scored
        .select(
            FoldFrames.PLACE,
            FoldFrames.KEY,
            FoldFrames.ID,
            FoldFrames.LABEL,
            FoldFrames.WEIGHT,
            said.column())
        .repartition(1)
        .sortWithinPartitions(FoldFrames.PLACE)
        .toJavaRDD()
        .mapPartitions(rows -> List.of(read(rows, said, ofTrial, ofFold, width)).iterator());
  }

  private static FoldScores read(Iterator<Row> rows, Said said, int trial, int fold, int classes) {
    List<Row> all = new ArrayList<>();
    rows.forEachRemaining(all::add);
    FoldScores scores =
        new FoldScores(
            trial,
            fold,
            new long[all.size()],
            new String[all.size()],
            new int[all.size()],
            new float[all.size()],
            new double[all.size() * classes]);
    double[] margins = new double[classes];
    for (int i = 0; i < all.size(); i++) {
      Row row = all.get(i);
      scores.keys()[i] = row.getLong(1);
      scores.ids()[i] = row.getString(2);
      scores.labels()[i] = (int) row.getDouble(3);
      scores.weights()[i] = (float) row.getDouble(4);
      said.read(row.get(5), margins);
      System.arraycopy(margins, 0, scores.margins(), i * classes, classes);
    }
    return scores;
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
