package dev.lakewright.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import dev.lakewright.config.TuneConfig;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.LinearSolution;
import dev.lakewright.linear.LinearSolver;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.tuning.Batches;
import dev.lakewright.tuning.Plan;
import dev.lakewright.tuning.TaskMemory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeType;
import org.apache.spark.ml.attribute.BinaryAttribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * The rows of a Dataset, scaled for training and laid out for the solver: whole in every task where
 * they fit, else spread over the cluster in blocks. To be closed, which frees the executors'
 * memory.
 */
final class TrainingRows implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingRows.class);
  private static final int ROWS_PER_BLOCK = 4096;
  private static final String FEATURES = "features";
  private static final String LABEL = "label";
  private static final String WEIGHT = "weight";

  private final JavaSparkContext spark;
  private final Facts facts;
  private final Scaling scaling;
  private final JavaRDD<RowMatrix> blocks;

  /** What of an estimator's settings the rows depend on. */
  record Reading(
      String features, String label, String weight, boolean standardize, boolean intercept) {

    static Reading of(LogisticSettings settings) {
      return new Reading(
          settings.getFeaturesCol(),
          settings.getLabelCol(),
          settings.getWeightCol(),
          settings.getStandardization(),
          settings.getFitIntercept());
    }
  }

  private record Facts(
      long rows,
      int features,
      int classes,
      int smallest,
      int largest,
      double weight,
      long entries) {

    long bytes() {
      return 8 * entries + 12 * rows;
    }
  }

  private TrainingRows(
      JavaSparkContext spark, Facts facts, Scaling scaling, JavaRDD<RowMatrix> blocks) {
    this.spark = spark;
    this.facts = facts;
    this.scaling = scaling;
    this.blocks = blocks;
  }

  /** Reads the rows: a job each for counts, moments and blocks. */
  static TrainingRows read(Dataset<?> dataset, Reading reading) {
    Column weight = reading.weight().isEmpty() ? lit(1.0) : col(reading.weight()).cast("double");
    Dataset<Row> rows =
        dataset.select(
            col(reading.features()).as(FEATURES),
            col(reading.label()).cast("double").as(LABEL),
            weight.as(WEIGHT));
    boolean ownCopy = dataset.storageLevel().equals(StorageLevel.NONE());
    if (ownCopy) {
      rows.persist(StorageLevel.MEMORY_AND_DISK());
    }
    try {
      return lay(rows, dataset.schema(), reading);
    } finally {
      if (ownCopy) {
        rows.unpersist();
      }
    }
  }

  private static TrainingRows lay(Dataset<Row> rows, StructType schema, Reading reading) {
    Row counts = counts(rows, reading);
    Row moments = moments(rows);
    Vector present = moments.getAs("numNonZeros");
    Scaling scaling =
        Scaling.of(
            moments.getAs("mean"),
            moments.getAs("std"),
            present,
            counts.getAs("rows"),
            reading.standardize(),
            reading.intercept());
    JavaRDD<RowMatrix> blocks =
        rows.filter(col(WEIGHT).gt(0))
            .toJavaRDD()
            .mapPartitions(part -> pack(part, scaling))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      blocks.count();
    } catch (RuntimeException e) {
      blocks.unpersist();
      throw e;
    }
    return new TrainingRows(
        JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext()),
        facts(counts, present, scaling, schema, reading),
        scaling,
        blocks);
  }

  /** Counts rows and labels, and refuses rows that nothing can be learnt from. */
  private static Row counts(Dataset<Row> rows, Reading reading) {
    Row counts =
        rows.agg(
                count(lit(1)).as("rows"),
                expr("count_if(features is null)").as("featureless"),
                expr("count_if(label is null or isnan(label) or label < 0 or label != floor(label) or label > 2147483646)")
                    .as("mislabelled"),
                expr("count_if(weight is null or isnan(weight) or weight < 0 or weight > 3e38)")
                    .as("misweighted"),
                expr("sum(weight)").as("weight"),
                min(LABEL).as("smallest"),
                max(LABEL).as("largest"))
            .first();
    if (counts.<Long>getAs("rows") == 0) {
      throw new IllegalArgumentException("there are no rows to train on");
    }
    requireNone(counts, "featureless", reading.features(), "a vector");
    requireNone(
        counts,
        "mislabelled",
        reading.label(),
        "a whole number from 0 on (StringIndexer makes one of text)");
    requireNone(counts, "misweighted", reading.weight(), "a number from 0 on");
    if (!(counts.<Double>getAs("weight") > 0)) {
      throw new IllegalArgumentException(
          "the weights in column %s sum to 0; some row must weigh more"
              .formatted(reading.weight()));
    }
    return counts;
  }

  private static Row moments(Dataset<Row> rows) {
    return rows.select(
            Summarizer.metrics("mean", "std", "numNonZeros")
                .summary(col(FEATURES), col(WEIGHT))
                .as("summary"))
        .first()
        .getStruct(0);
  }

  private static void requireNone(Row counts, String kind, String column, String expected) {
    long wrong = counts.getAs(kind);
    if (wrong > 0) {
      throw new IllegalArgumentException(
          "column %s: in %d of %d rows it is not %s"
              .formatted(column, wrong, counts.<Long>getAs("rows"), expected));
    }
  }

  private static Facts facts(
      Row counts, Vector present, Scaling scaling, StructType schema, Reading reading) {
    long rows = counts.getAs("rows");
    double entries = 0;
    for (double count : present.toArray()) {
      entries += count;
    }
    int largest = (int) (double) counts.<Double>getAs("largest");
    return new Facts(
        rows,
        present.size(),
        Math.max(declaredClasses(schema, reading.label()), Math.max(2, largest + 1)),
        (int) (double) counts.<Double>getAs("smallest"),
        largest,
        counts.getAs("weight"),
        (long) entries + rows * scaling.centered().length);
  }

  /** The classes that the column's metadata names, some of which may have no row; 0: none named. */
  private static int declaredClasses(StructType schema, String column) {
    Attribute attribute = Attribute.fromStructField(schema.apply(column));
    if (attribute.attrType().equals(AttributeType.Binary())) {
      return attribute instanceof BinaryAttribute ? 2 : 0;
    }
    if (attribute instanceof NominalAttribute nominal) {
      Option<Object> count = nominal.getNumValues();
      return count.isDefined() ? (Integer) count.get() : 0;
    }
    return 0;
  }

  private static Iterator<RowMatrix> pack(Iterator<Row> rows, Scaling scaling) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public RowMatrix next() {
        RowMatrix block = new RowMatrix(scaling.factors().length);
        ScaledRow scaled = new ScaledRow(scaling);
        while (rows.hasNext() && block.rows() < ROWS_PER_BLOCK) {
          Row row = rows.next();
          block.add(
              scaled.of((Vector) row.get(0)), (int) row.getDouble(1), (float) row.getDouble(2));
        }
        block.trim();
        return block;
      }
    };
  }

  int features() {
    return facts.features();
  }

  /** At least 2. */
  int classes() {
    return facts.classes();
  }

  boolean oneLabelOnly() {
    return facts.smallest() == facts.largest();
  }

  int largestLabel() {
    return facts.largest();
  }

  Scaling scaling() {
    return scaling;
  }

  /** Trains by the plan that fits. */
  List<LinearSolution> solve(List<LinearProblem> problems) {
    Plan plan =
        Plan.choose(
            TuneConfig.Plan.AUTO,
            facts.bytes(),
            facts.features(),
            facts.classes(),
            new Plan.Room(TaskMemory.forRows(spark), TaskMemory.bytes(spark)));
    int passes = problems.stream().mapToInt(LinearProblem::maxPasses).max().orElse(0);
    LOG.info("{}", plan.describe(problems.size(), passes));
    return plan.kind() == TuneConfig.Plan.DATA_PARALLEL ? overCluster(problems) : inTasks(problems);
  }

  List<LinearSolution> overCluster(List<LinearProblem> problems) {
    return LinearSolver.solve(
        new SpreadObjective(blocks, facts.features(), facts.classes(), facts.weight()),
        problems,
        0);
  }

  List<LinearSolution> inTasks(List<LinearProblem> problems) {
    RowMatrix whole = new RowMatrix(facts.features());
    blocks.collect().forEach(whole::append);
    whole.trim();
    Broadcast<RowMatrix> shared = spark.broadcast(whole);
    int most = TaskMemory.models(spark, facts.features(), facts.classes());
    int batches = Batches.perFold(problems.size(), 1, spark.defaultParallelism(), most);
    List<List<LinearProblem>> parts = new ArrayList<>();
    for (int batch = 0; batch < batches; batch++) {
      int from = (int) ((long) problems.size() * batch / batches);
      int to = (int) ((long) problems.size() * (batch + 1) / batches);
      parts.add(new ArrayList<>(problems.subList(from, to)));
    }
    int classes = facts.classes();
    try {
      return spark
          .parallelize(parts, parts.size())
          .flatMap(part -> LinearSolver.solve(shared.value(), classes, part).iterator())
          .collect();
    } finally {
      shared.destroy();
    }
  }

  @Override
  public void close() {
    blocks.unpersist();
  }
}
