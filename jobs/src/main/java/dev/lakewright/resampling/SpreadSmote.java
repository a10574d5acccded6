package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sequence;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.neighbours.ClusterNeighbours;
import dev.lakewright.neighbours.Density;
import dev.lakewright.neighbours.Mixing;
import dev.lakewright.neighbours.NeighbourPlan;
import dev.lakewright.neighbours.NeighbourSearch;
import dev.lakewright.neighbours.RowBlock;
import dev.lakewright.neighbours.VectorColumn;
import dev.lakewright.sampling.ClassCounts;
import dev.lakewright.sampling.ClusterSmote;
import dev.lakewright.sampling.Origin;
import dev.lakewright.sampling.SyntheticRows;
import dev.lakewright.tuning.TaskMemory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** SMOTE class by class, over rows that stay spread. */
final class SpreadSmote {

  private static final String KEY = "_lw_made_key";

  private final SparkSession spark;
  private final SamplingConfig config;
  private final List<String> numeric;
  private final Consumer<String> progress;

  SpreadSmote(
      SparkSession spark, SamplingConfig config, List<String> numeric, Consumer<String> progress) {
    this.spark = spark;
    this.config = config;
    this.numeric = numeric;
    this.progress = progress;
  }

  /**
   * Makes rows; they are computed when this returns, and kept until {@link Dataset#unpersist()}.
   *
   * @param numbered rows with {@link NumberedRows#ROW}
   * @param make per label how many
   * @return derivations, one for each class that grows
   */
  List<Dataset<Row>> derivations(Dataset<Row> numbered, ClassCounts counts, long[] make) {
    List<Dataset<Row>> derivations = new ArrayList<>();
    for (int label : counts.present()) {
      if (make[label] > 0) {
        String name = counts.names().get(label);
        Dataset<Row> members = numbered.where(SmallestHashes.isClass(name));
        derivations.add(grown(name, members, counts.count(label), make[label]));
      }
    }
    return derivations;
  }

  private Dataset<Row> grown(String label, Dataset<Row> members, long rows, long make) {
    int k = config.neighbours() > 0 ? config.neighbours() : ClusterSmote.NEIGHBOURS;
    if (rows > k) {
      return between(label, members, k, make);
    }
    return switch (config.smallClasses()) {
      case FEWER_NEIGHBOURS ->
          rows > 1 ? between(label, members, (int) rows - 1, make) : copies(members, make);
      case DUPLICATE -> copies(members, make);
      case SKIP -> spark.createDataFrame(List.of(), Derivation.SCHEMA);
      case REFUSE -> {
        ClusterSmote.requireEnough(label, rows, k);
        throw new IllegalStateException("a class of %d rows was not refused".formatted(rows));
      }
    };
  }

  private Dataset<Row> between(String label, Dataset<Row> members, int k, long make) {
    Column[] numbers =
        numeric.stream().map(name -> SourceTable.quoted(name).cast("float")).toArray(Column[]::new);
    JavaRDD<RowBlock> blocks =
        VectorColumn.read(
                members.select(col(NumberedRows.ROW).as("key"), array(numbers).as("vector")),
                "key",
                "vector",
                Density.DENSE)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try (ClusterNeighbours neighbours =
        ClusterNeighbours.find(blocks, NeighbourSearch.of(k, config.seed()), room())) {
      progress.accept("class " + label + ": " + neighbours.plan().describe());
      neighbours
          .recall()
          .ifPresent(recall -> progress.accept("measured recall: %.3f".formatted(recall)));
      Dataset<Row> made =
          numbered(ClusterSmote.rows(label, neighbours, make, config.seed()))
              .persist(StorageLevel.MEMORY_AND_DISK());
      made.count();
      return made;
    } finally {
      blocks.unpersist();
    }
  }

  private NeighbourPlan.Room room() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return new NeighbourPlan.Room(0, TaskMemory.bytes(context), context.defaultParallelism());
  }

  /** Derivations whose numbers are the places among the rows of one source by their keys. */
  private Dataset<Row> numbered(JavaRDD<SyntheticRows> made) {
    StructType ends =
        new StructType()
            .add(NumberedRows.ROW, DataTypes.LongType)
            .add(Derivation.OTHER_ROW, DataTypes.LongType)
            .add(Derivation.GAP, DataTypes.DoubleType)
            .add(KEY, DataTypes.LongType);
    Dataset<Row> rows = spark.createDataFrame(made.flatMap(SpreadSmote::ends), ends);
    Column number = row_number().over(Window.partitionBy(col(NumberedRows.ROW)).orderBy(KEY));
    return rows.select(
        col(NumberedRows.ROW),
        col(Derivation.OTHER_ROW),
        ResampledColumns.origin(Origin.BETWEEN).as(Derivation.ORIGIN),
        number.as(ResampledColumns.NUMBER),
        col(Derivation.GAP),
        absent(Derivation.NUMBERS),
        absent(Derivation.CATEGORIES));
  }

  private static Column absent(String name) {
    return lit(null).cast(Derivation.SCHEMA.apply(name).dataType()).as(name);
  }

  private static Iterator<Row> ends(SyntheticRows made) {
    return IntStream.range(0, made.baseKeys().length)
        .mapToObj(
            i ->
                RowFactory.create(
                    made.baseKeys()[i],
                    made.neighbourKeys()[i],
                    made.gaps()[i],
                    made.rows().keys()[i]))
        .iterator();
  }

  /** Copies of the few rows of a class, as even as can be. */
  private Dataset<Row> copies(Dataset<Row> members, long make) {
    long[] rows =
        members.select(NumberedRows.ROW).collectAsList().stream()
            .map(row -> row.getLong(0))
            .sorted(Comparator.comparingLong(row -> Mixing.mix(row, config.seed())))
            .mapToLong(Long::longValue)
            .toArray();
    List<Row> shares = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      long share = make / rows.length + (i < make % rows.length ? 1 : 0);
      if (share > 0) {
        shares.add(Derivation.copy(rows[i], Math.toIntExact(share)));
      }
    }
    return spark
        .createDataFrame(shares, Derivation.SCHEMA)
        .withColumn(
            ResampledColumns.NUMBER, explode(sequence(lit(1), col(ResampledColumns.NUMBER))));
  }
}
