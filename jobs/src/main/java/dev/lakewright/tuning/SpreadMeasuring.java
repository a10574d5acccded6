package dev.lakewright.tuning;

import dev.lakewright.ensemble.TrainedModel;
import dev.lakewright.features.FeatureBlock;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.Scorer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    List<FoldTask.Result> failed =
        trained.stream()
            .filter(each -> !each.model().usable())
            .map(each -> failed(each, seconds))
            .toList();
    List<Trained> usable = trained.stream().filter(each -> each.model().usable()).toList();
    JavaRDD<FoldTask.Result> results = rows.spark().parallelize(failed, 1);
    if (!usable.isEmpty()) {
      JavaRDD<FoldTask.Result> measured = measured(usable, seconds);
      results = failed.isEmpty() ? measured : results.union(measured);
    }
    return results.persist(StorageLevel.MEMORY_AND_DISK());
  }

  private FoldTask.Result failed(Trained model, double seconds) {
    return FoldTask.result(
        model.candidate().trial(),
        model.fold(),
        model.model(),
        effort,
        seconds,
        () -> {
          throw new IllegalStateException("a model that is not usable scores nothing");
        },
        classes,
        model.priorShifts());
  }

  private JavaRDD<FoldTask.Result> measured(List<Trained> trained, double seconds) {
    Broadcast<List<Trained>> shared = rows.spark().broadcast(trained);
    Broadcast<Map<Integer, Featurizer>> byFold = featurizers;
    FoldTask.Effort spent = effort;
    List<String> labels = List.copyOf(classes);
    return rows.parts()
        .flatMapToPair(part -> scores(part, shared.value(), byFold.value(), labels))
        .groupByKey()
        .map(pair -> result(shared.value().get(pair._1()), pair._2(), labels, spent, seconds));
  }

  private static Iterator<Tuple2<Integer, Piece>> scores(
      SpreadRows.Part part,
      List<Trained> models,
      Map<Integer, Featurizer> featurizers,
      List<String> classes) {
    List<Tuple2<Integer, Piece>> pieces = new ArrayList<>();
    featurizers.forEach(
        (fold, featurizer) -> {
          Map<Integer, Scorer> scorers = new TreeMap<>();
          for (int place = 0; place < models.size(); place++) {
            if (models.get(place).fold() == fold) {
              scorers.put(
                  place, models.get(place).model().scorer(featurizer.size(), classes.size()));
            }
          }
          for (FeatureBlock block : scorers.isEmpty() ? List.<FeatureBlock>of() : part.blocks()) {
            ValidationRows held = held(block, fold, featurizer);
            if (held.rows() > 0) {
              scorers.forEach(
                  (place, scorer) -> {
                    int trial = models.get(place).candidate().trial();
                    FoldScores scores = held.score(trial, fold, scorer);
                    pieces.add(new Tuple2<>(place, new Piece(block.number(), scores)));
                  });
            }
          }
        });
    return pieces.iterator();
  }

  private static ValidationRows held(FeatureBlock block, int fold, Featurizer featurizer) {
    ValidationRows held = new ValidationRows(featurizer.size(), 0, 0);
    RowWeigher weigher = new RowWeigher(block, featurizer);
    for (int row = 0; row < block.rows(); row++) {
      if (block.validates(row, fold)) {
        held.add(block, row, weigher.features(row));
      }
    }
    return held;
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
