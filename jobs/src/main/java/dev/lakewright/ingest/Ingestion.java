package dev.lakewright.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.lit;

import dev.lakewright.config.DataConfig;
import dev.lakewright.config.IngestConfig;
import dev.lakewright.errors.DataException;
import dev.lakewright.lake.ConcurrentAppend;
import dev.lakewright.lake.DeltaSource;
import dev.lakewright.lake.TableVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads the files that are not in the table yet and appends their records in one commit. Each
 * record keeps its file, so that a run repeated after a crash, or by schedule, adds nothing twice.
 */
public final class Ingestion {

  private final SparkSession spark;
  private final IngestConfig config;
  private final DataConfig data;
  private final String table;
  private final String quarantine;

  public Ingestion(SparkSession spark, IngestConfig config, DataConfig data) {
    this.spark = spark;
    this.config = config;
    this.data = data;
    this.table = data.table().orElseThrow();
    this.quarantine = config.quarantine().orElse(table + "_quarantine");
  }

  /**
   * What was done.
   *
   * @param files read; 0 when all were there already
   * @param quarantined bad records by reason
   * @param duplicateIds ids that stand in several of the new records
   */
  public record Outcome(
      int files,
      long records,
      Map<String, Long> labels,
      long unlabelled,
      Map<String, Long> quarantined,
      String quarantineTable,
      long duplicateIds,
      TableVersion version) {}

  /**
   * Runs.
   *
   * @throws DataException when input or table cannot be used; nothing is written then
   */
  public Outcome run() {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    List<InputFile> found = InputFiles.list(config.input().orElseThrow(), hadoop);
    Set<String> known = known(table);
    known.addAll(known(quarantine));
    List<InputFile> files = found.stream().filter(f -> !known.contains(f.source())).toList();
    if (files.isEmpty()) {
      return new Outcome(
          0,
          0,
          Map.of(),
          0,
          Map.of(),
          quarantine,
          0,
          new DeltaSource(spark).resolve(existing(), "latest"));
    }
    verifyGzips(files);
    Dataset<Row> rows = read(files).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return append(rows, files);
    } finally {
      rows.unpersist();
    }
  }

  /** The table, or the quarantine when every record so far was bad. */
  private String existing() {
    return new DeltaSource(spark).exists(table) ? table : quarantine;
  }

  private Set<String> known(String where) {
    Set<String> sources = new HashSet<>();
    if (new DeltaSource(spark).exists(where)) {
      Dataset<Row> rows = load(where);
      if (Arrays.asList(rows.columns()).contains(config.sourceColumn())) {
        rows.select(config.sourceColumn())
            .distinct()
            .collectAsList()
            .forEach(row -> sources.add(row.getString(0)));
      }
    }
    return sources;
  }

  private Dataset<Row> load(String where) {
    return DeltaSource.isCatalogName(where)
        ? spark.table(where)
        : spark.read().format("delta").load(where);
  }

  private void verifyGzips(List<InputFile> files) {
    List<InputFile> gzipped = files.stream().filter(InputFile::gzipped).toList();
    if (gzipped.isEmpty()) {
      return;
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(
            new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()));
    context
        .parallelize(gzipped, gzipped.size())
        .foreach(file -> FileContent.verify(file, hadoop.value().value()));
  }

  private Dataset<Row> read(List<InputFile> files) {
    return switch (config.format()) {
      case CSV, JSONL, PARQUET -> new TableReader(spark, config, data).read(files);
      case TEXT_FOLDERS, MAIL_FOLDERS ->
          new FolderReader(spark, config.labels())
              .read(files, config.format(), config.sourceColumn())
              .withColumn(TableReader.REASON, lit(null).cast("string"))
              .withColumn(TableReader.RAW, lit(null).cast("string"));
    };
  }

  private Outcome append(Dataset<Row> rows, List<InputFile> files) {
    Dataset<Row> good =
        rows.where(col(TableReader.REASON).isNull()).drop(TableReader.REASON, TableReader.RAW);
    requireSameTypes(good.schema());
    Map<String, Long> reasons =
        counts(rows.where(col(TableReader.REASON).isNotNull()), TableReader.REASON);
    Map<String, Long> labels =
        Arrays.asList(good.columns()).contains(data.label())
            ? counts(good, data.label())
            : Map.of("", good.count());
    long records = labels.values().stream().mapToLong(Long::longValue).sum();
    if (records + reasons.size() == 0) {
      throw new DataException(
          "ingest.input %s holds no records".formatted(config.input().orElseThrow()));
    }
    String application = application(files);
    // the quarantine first: a crash in between repeats it, and Delta knows the transaction
    if (!reasons.isEmpty()) {
      write(bad(rows), quarantine, application);
    }
    if (records > 0) {
      write(good, table, application);
    }
    Map<String, Long> named = new TreeMap<>(labels);
    long unlabelled = named.containsKey("") ? named.remove("") : 0;
    return new Outcome(
        files.size(),
        records,
        named,
        unlabelled,
        reasons,
        quarantine,
        duplicateIds(good),
        new DeltaSource(spark).resolve(existing(), "latest"));
  }

  private Dataset<Row> bad(Dataset<Row> rows) {
    return rows.where(col(TableReader.REASON).isNotNull())
        .select(
            col(TableReader.REASON).as("reason"),
            col(TableReader.RAW).as("raw"),
            col(config.sourceColumn()),
            current_timestamp().as("ingested_at"));
  }

  private static Map<String, Long> counts(Dataset<Row> rows, String column) {
    Map<String, Long> counts = new TreeMap<>();
    rows.groupBy(functions.trim(functions.coalesce(col(quoted(column)).cast("string"), lit(""))))
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }

  private long duplicateIds(Dataset<Row> good) {
    if (data.id().isEmpty() || !Arrays.asList(good.columns()).contains(data.id().get())) {
      return 0;
    }
    return good.groupBy(col(quoted(data.id().get()))).count().where("count > 1").count();
  }

  private void requireSameTypes(StructType found) {
    if (!new DeltaSource(spark).exists(table)) {
      return;
    }
    Map<String, StructField> present =
        Arrays.stream(load(table).schema().fields())
            .collect(Collectors.toMap(StructField::name, field -> field));
    for (StructField field : found.fields()) {
      StructField other = present.get(field.name());
      if (other != null && !other.dataType().sameType(field.dataType())) {
        throw new DataException(
            "column %s is %s in ingest.input but %s in table %s; name it in data.numeric or mend the files"
                .formatted(
                    field.name(),
                    field.dataType().simpleString(),
                    other.dataType().simpleString(),
                    table));
      }
    }
  }

  private void write(Dataset<Row> rows, String where, String application) {
    DataFrameWriter<Row> writer =
        rows.coalesce(spark.sparkContext().defaultParallelism())
            .write()
            .format("delta")
            .mode("append")
            .option("mergeSchema", "true")
            .option("txnAppId", application)
            .option("txnVersion", 1);
    ConcurrentAppend.run(
        () -> {
          if (DeltaSource.isCatalogName(where)) {
            writer.saveAsTable(where);
          } else {
            writer.save(where);
          }
        });
  }

  /** The same files give the same transaction, which Delta commits once. */
  private static String application(List<InputFile> files) {
    List<String> sources = new ArrayList<>(files.stream().map(InputFile::source).toList());
    return "lakewright-ingest-"
        + UUID.nameUUIDFromBytes(String.join("\n", sources).getBytes(StandardCharsets.UTF_8));
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
