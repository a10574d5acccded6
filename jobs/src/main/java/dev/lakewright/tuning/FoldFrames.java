package dev.lakewright.tuning;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import dev.lakewright.config.TuneConfig;
import dev.lakewright.ensemble.EnsembleRows;
import dev.lakewright.features.FeatureBlock;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.SparseVector;
import dev.lakewright.sampling.ClassTotals;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * The rows of a fold as {@code spark.ml} wants them, weighed by what was learnt without the fold,
 * and cached: those to measure on, and those that candidates train on. To be closed.
 */
final class FoldFrames implements AutoCloseable {

  static final String NUMBER = "number";
  static final String PLACE = "place";
  static final String KEY = "key";
  static final String ID = "id";
  static final String LABEL = "label";
  static final String WEIGHT = "weight";
  static final String FEATURES = "features";

  private static final StructType TRAINING = learnable(new StructType());

  private static final StructType NUMBERED =
      learnable(new StructType().add(NUMBER, DataTypes.IntegerType));

  private static final StructType VALIDATION =
      learnable(
          new StructType()
              .add(PLACE, DataTypes.LongType)
              .add(KEY, DataTypes.LongType)
              .add(ID, DataTypes.StringType));

  private static StructType learnable(StructType names) {
    return names
        .add(LABEL, DataTypes.DoubleType)
        .add(WEIGHT, DataTypes.DoubleType)
        .add(FEATURES, SQLDataTypes.VectorType());
  }

  private final SparkSession session;
  private final JavaSparkContext spark;
  private final CountedSweep counted;
  private final Broadcast<List<Featurizer>> featurizers;
  private final int fold;
  private final List<String> classes;
  private final FoldTask.Effort effort;
  private final SpreadTotals totals;
  private final Dataset<Row> validation;
  private Optional<Treated> latest = Optional.empty();
  private Optional<ResampledTraining> resampled = Optional.empty();
  private boolean closed;

  /**
   * Which rows a candidate trains on: equal for those that share them.
   *
   * @param numbered whether ensembles can draw subsets from them, too
   */
  record Wanted(RowTreatment treatment, boolean numbered) {

    static Wanted by(FoldTask.Candidate candidate) {
      RowTreatment treatment = RowTreatment.of(candidate);
      return new Wanted(treatment, candidate.ensemble().present() || !treatment.leavesRowsAlone());
    }
  }

  /**
   * Rows to train on.
   *
   * @param totals of them
   * @param weighed whether some row's weight is another than 1
   */
  record Training(Dataset<Row> rows, ClassTotals totals, boolean weighed) {}

  private record Treated(Wanted wanted, Training training) {}

  /**
   * @param featurizers by fold, each learnt without it
   * @param totals of the counted rows
   */
  FoldFrames(
      SparkSession session,
      CountedSweep counted,
      Broadcast<List<Featurizer>> featurizers,
      int fold,
      List<String> classes,
      FoldTask.Effort effort,
      SpreadTotals totals) {
    this.session = session;
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.counted = counted;
    this.featurizers = featurizers;
    this.fold = fold;
    this.classes = List.copyOf(classes);
    this.effort = effort;
    this.totals = totals;
    this.validation = frame(validationRows(), VALIDATION);
  }

  /** The rows to measure on. */
  Dataset<Row> validation() {
    return validation;
  }

  /** Totals of the rows of the table that train without the fold: before any treatment. */
  ClassTotals inTable() {
    return totals.all().without(fold);
  }

  /** Refuses a fold that has no rows to train on, or none to measure on: one job. */
  void requireRows() {
    long training = Arrays.stream(totals.all().trained(fold).rows()).sum();
    FoldTask.requireRows(fold, training, validation.count());
  }

  /**
   * The rows that a candidate trains on, resampled and mixed, and numbered if it is an ensemble:
   * computed now, and kept until others are asked for.
   */
  synchronized Training training(FoldTask.Candidate candidate) {
    if (closed) {
      throw new IllegalStateException("rows of a fold that is done with are asked for");
    }
    Wanted wanted = Wanted.by(candidate);
    if (latest.isEmpty() || !latest.get().wanted().equals(wanted)) {
      forget();
      latest = Optional.of(new Treated(wanted, looked(treated(candidate, wanted))));
      resampled.ifPresent(ResampledTraining::release);
    }
    return latest.get().training();
  }

  /** Computes rows by the one pass that tells what there is of them. */
  private Training looked(Dataset<Row> rows) {
    ClassTotals found = ClassTotals.none(classes.size());
    boolean weighed = false;
    try {
      for (Row row :
          rows.groupBy(LABEL)
              .agg(count(lit(1)), sum(WEIGHT), min(WEIGHT), max(WEIGHT))
              .collectAsList()) {
        int label = (int) row.getDouble(0);
        found.rows()[label] = row.getLong(1);
        found.weights()[label] = row.getDouble(2);
        weighed |= row.getDouble(3) != 1 || row.getDouble(4) != 1;
      }
    } catch (Exception e) {
      // Spark throws checked exceptions without declaring them
      rows.unpersist();
      throw e;
    }
    return new Training(rows, found, weighed);
  }

  private Dataset<Row> treated(FoldTask.Candidate candidate, Wanted wanted) {
    if (counted.plan().kind() == TuneConfig.Plan.DATA_PARALLEL) {
      return frame(spreadRows(candidate), TRAINING);
    }
    return wanted.numbered()
        ? frame(treatedRows(candidate), NUMBERED)
        : frame(rowsAsTheyAre(), TRAINING);
  }

  private void forget() {
    latest.ifPresent(treated -> treated.training().rows().unpersist());
    latest = Optional.empty();
    resampled.ifPresent(ResampledTraining::close);
    resampled = Optional.empty();
  }

  private Dataset<Row> frame(JavaRDD<Row> rows, StructType schema) {
    var labels =
        NominalAttribute.defaultAttr()
            .withName(LABEL)
            .withValues(classes.toArray(String[]::new))
            .toMetadata();
    return session
        .createDataFrame(rows, schema)
        .withColumn(LABEL, col(LABEL).as(LABEL, labels))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private JavaRDD<Row> validationRows() {
    Broadcast<List<Featurizer>> shared = featurizers;
    int held = fold;
    return counted
        .rows(spark)
        .flatMap(
            block -> {
              Featurizer featurizer = shared.value().get(held);
              RowWeigher weigher = new RowWeigher(block, featurizer);
              return rowsOf(block)
                  .filter(row -> block.validates(row, held))
                  .mapToObj(
                      row ->
                          RowFactory.create(
                              ((long) block.number() << Integer.SIZE) + row,
                              block.key(row),
                              block.name(row),
                              (double) block.label(row),
                              (double) block.weight(row),
                              features(weigher.features(row), featurizer.size())))
                  .iterator();
            });
  }

  private JavaRDD<Row> rowsAsTheyAre() {
    Broadcast<List<Featurizer>> shared = featurizers;
    int held = fold;
    FoldTask.Effort trained = effort;
    return counted
        .rows(spark)
        .flatMap(
            block -> {
              Featurizer featurizer = shared.value().get(held);
              RowWeigher weigher = new RowWeigher(block, featurizer);
              return rowsOf(block)
                  .filter(row -> block.trains(row, held) && trained.trains(block.key(row)))
                  .mapToObj(row -> training(weigher, row, featurizer.size()))
                  .iterator();
            });
  }

  /** One task has all rows at hand; what it leaves of them is dealt out to train on. */
  private JavaRDD<Row> treatedRows(FoldTask.Candidate candidate) {
    Broadcast<List<FeatureBlock>> blocks = counted.blocks();
    Broadcast<List<Featurizer>> shared = featurizers;
    int held = fold;
    List<String> labels = classes;
    FoldTask.Effort trained = effort;
    return spark
        .parallelize(List.of(candidate), 1)
        .flatMap(
            each -> {
              Featurizer featurizer = shared.value().get(held);
              FoldRows rows =
                  FoldRows.weighTraining(blocks.value(), featurizer, labels.size(), held, trained);
              EnsembleRows untreated =
                  new EnsembleRows(rows.training(), Optional.empty(), labels.size());
              return numbered(RowTreatment.of(each).apply(untreated, featurizer, labels));
            })
        .repartition(Math.max(1, spark.defaultParallelism()));
  }

  private static Iterator<Row> numbered(EnsembleRows rows) {
    RowMatrix matrix = rows.training();
    SparseVector vector = new SparseVector();
    return IntStream.range(0, matrix.rows())
        .mapToObj(
            row -> {
              matrix.read(row, vector);
              return RowFactory.create(
                  row,
                  (double) matrix.label(row),
                  (double) matrix.weight(row),
                  features(vector, matrix.features()));
            })
        .iterator();
  }

  /** What is left and made of rows that stay where they are: a row taken twice is there twice. */
  private JavaRDD<Row> spreadRows(FoldTask.Candidate candidate) {
    SpreadRows spread = counted.spread();
    SpreadTrainings.Choice choice = SpreadTrainings.Choice.of(fold, candidate.sampling());
    if (!choice.isDrawn()) {
      FoldResampling resampling = new FoldResampling(spread, totals, classes, effort);
      resampled = Optional.of(resampling.training(choice, featurizers.value().get(fold)));
      return resampled.get().parts().flatMap(FoldFrames::rowsOf);
    }
    DrawnTraining drawn = SpreadTrainings.draw(choice, spread, totals, classes, effort);
    Broadcast<List<Featurizer>> shared = featurizers;
    FoldTask.Effort trained = effort;
    return spread.parts().flatMap(part -> rowsOf(part, drawn, shared.value(), trained));
  }

  private static Iterator<Row> rowsOf(ResampledTraining.Part part) {
    SparseVector vector = new SparseVector();
    return part.blocks().stream()
        .flatMap(
            block ->
                IntStream.range(0, block.rows())
                    .mapToObj(
                        row -> {
                          block.read(row, vector);
                          return RowFactory.create(
                              (double) block.label(row),
                              (double) block.weight(row),
                              features(vector, block.features()));
                        }))
        .iterator();
  }

  private static Iterator<Row> rowsOf(
      SpreadRows.Part part,
      DrawnTraining drawn,
      List<Featurizer> featurizers,
      FoldTask.Effort effort) {
    Featurizer featurizer = featurizers.get(drawn.fold());
    long[] number = {drawn.firstOf(part.number())};
    return part.blocks().stream()
        .flatMap(
            block -> {
              RowWeigher weigher = new RowWeigher(block, featurizer);
              return rowsOf(block)
                  .filter(row -> block.trains(row, drawn.fold()) && effort.trains(block.key(row)))
                  .boxed()
                  .flatMap(
                      row ->
                          copies(
                              weigher,
                              row,
                              featurizer.size(),
                              drawn.times(number[0]++, block.label(row))));
            })
        .iterator();
  }

  private static Stream<Row> copies(RowWeigher weigher, int row, int size, long times) {
    if (times == 0) {
      return Stream.empty();
    }
    Row training = training(weigher, row, size);
    return LongStream.range(0, times).mapToObj(copy -> training);
  }

  private static IntStream rowsOf(FeatureBlock block) {
    return IntStream.range(0, block.rows());
  }

  /** A row of a block as {@code spark.ml} wants it. */
  private static Row training(RowWeigher weigher, int row, int size) {
    return RowFactory.create(
        (double) weigher.block().label(row),
        (double) weigher.block().weight(row),
        features(weigher.features(row), size));
  }

  private static Vector features(SparseVector vector, int size) {
    double[] values = new double[vector.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = vector.values()[i];
    }
    return Vectors.sparse(size, Arrays.copyOf(vector.indices(), values.length), values);
  }

  @Override
  public synchronized void close() {
    closed = true;
    forget();
    validation.unpersist();
  }
}
