package dev.lakewright.tuning;

import dev.lakewright.ensemble.TrainedModel;
import dev.lakewright.features.FeatureBlock;
import dev.lakewright.model.FeatureCounts;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.Scorer;
import dev.lakewright.model.SparseVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Measures models on the spread rows that they have not seen.
 *
 * @param featurizers by the fold that they have not seen
 */
record SpreadMeasuring(
    SpreadRows rows,
    Broadcast<Map<Integer, Featurizer>> featurizers,
    List<String> classes,
    FoldTask.Effort effort) {

  /** A trained model as it travels to the rows it has not seen. */
  @SuppressWarnings("ArrayRecordComponent")
  record Trained(FoldTask.Candidate candidate, int fold, TrainedModel model, double[] priorShifts)
      implements Serializable {}

  /** Scores of one model on one block. */
  private record Piece(int block, FoldScores scores) implements Serializable {}

  /**
   * Scores every fold's rows by the models that have not seen them: one job, once results are asked
   * for.
   *
   * @param seconds that a model took
   * @return to be kept in memory
   */
  JavaRDD<FoldTask.Result> measure(List<Trained> trained, double seconds) {
    Broadcast<List<Trained>> shared = rows.spark().broadcast(trained);
    Broadcast<Map<Integer, Featurizer>> byFold = featurizers;
    FoldTask.Effort spent = effort;
    List<String> labels = List.copyOf(classes);
    return rows.parts()
        .flatMapToPair(part -> scores(part, shared.value(), byFold.value(), labels))
        .groupByKey()
        .map(pair -> result(shared.value().get(pair._1()), pair._2(), labels, spent, seconds))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static Iterator<Tuple2<Integer, Piece>> scores(
      SpreadRows.Part part,
      List<Trained> models,
      Map<Integer, Featurizer> featurizers,
      List<String> classes) {
    List<Tuple2<Integer, Piece>> pieces = new ArrayList<>();
    SparseVector vector = new SparseVector();
    for (Map.Entry<Integer, Featurizer> fold : featurizers.entrySet()) {
      for (FeatureBlock block : part.blocks()) {
        ValidationRows held = new ValidationRows(fold.getValue().size(), 0, 0);
        FeatureCounts counts = block.buffer();
        for (int row = 0; row < block.rows(); row++) {
          if (block.validates(row, fold.getKey())) {
            block.read(row, counts);
            fold.getValue().weigh(counts, vector);
            held.add(block, row, vector);
          }
        }
        for (int i = 0; held.rows() > 0 && i < models.size(); i++) {
          if (models.get(i).fold() == fold.getKey()) {
            pieces.add(
                new Tuple2<>(
                    i,
                    new Piece(
                        block.number(), score(held, models.get(i), fold.getValue(), classes))));
          }
        }
      }
    }
    return pieces.iterator();
  }

  private static FoldScores score(
      ValidationRows held, Trained model, Featurizer featurizer, List<String> classes) {
    Scorer scorer = model.model().scorer(featurizer.size(), classes.size());
    return held.score(model.candidate().trial(), model.fold(), scorer);
  }

  private static FoldTask.Result result(
      Trained model,
      Iterable<Piece> pieces,
      List<String> classes,
      FoldTask.Effort effort,
      double seconds) {
    List<Piece> ordered = new ArrayList<>();
    pieces.forEach(ordered::add);
    ordered.sort(Comparator.comparingInt(Piece::block));
    FoldScores scores = FoldScores.concatenate(ordered.stream().map(Piece::scores).toList());
    return FoldTask.result(
        model.candidate().trial(),
        model.fold(),
        model.model(),
        effort,
        seconds,
        () -> scores,
        classes,
        model.priorShifts());
  }
}
