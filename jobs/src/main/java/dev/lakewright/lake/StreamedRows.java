package dev.lakewright.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import dev.lakewright.config.DataConfig;
import dev.lakewright.errors.DataException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;

/** Rows of a table as its commits bring them, in the form that training reads. */
public final class StreamedRows {

  private final SparkSession spark;
  private final DataConfig data;
  private final String table;

  public StreamedRows(SparkSession spark, DataConfig data) {
    this.spark = spark;
    this.data = data;
    this.table = data.table().orElseThrow();
  }

  /**
   * The rows that commits from a version on add.
   *
   * @param skipChanges whether commits that change or delete rows are left out, not refused
   * @throws DataException for a column that is missing or of a type that does not fit
   */
  public Dataset<Row> from(long version, int maxFiles, int maxMegabytes, boolean skipChanges) {
    DataStreamReader reader =
        spark
            .readStream()
            .format("delta")
            .option("startingVersion", version)
            .option("maxFilesPerTrigger", maxFiles)
            .option("maxBytesPerTrigger", maxMegabytes + "m")
            .option("skipChangeCommits", skipChanges);
    return select(DeltaSource.isCatalogName(table) ? reader.table(table) : reader.load(table));
  }

  private Dataset<Row> select(Dataset<Row> rows) {
    List<String> others = data.split().column().map(List::of).orElse(List.of());
    return new LabelledTable(data, table).select(rows, data.split().seed(), others);
  }

  /** What a micro-batch holds. */
  public record Checked(Dataset<Row> labelled, long rows, long unlabelled) {}

  /**
   * Checks a micro-batch.
   *
   * @param rows of {@link #from}
   * @return those with a label, marked as held out ({@link ColumnNames#TEST}) or not
   * @throws DataException when some cannot be learnt from
   */
  public Checked check(Dataset<Row> rows) {
    if (rows.isEmpty()) {
      return new Checked(new TestSplit(data.split()).markAlone(rows), 0, 0);
    }
    TableChecks.Counts counts = new TableChecks(data, table).check(rows);
    return new Checked(
        new TestSplit(data.split()).markAlone(rows.where(not(LabelledTable.unlabelled()))),
        counts.rows(),
        counts.unlabelled());
  }

  /** A sample of the training rows of a version, marked as {@link #check} does. */
  public Dataset<Row> sample(TableVersion version, double share, long seed) {
    Dataset<Row> labelled =
        select(new DeltaSource(spark).read(version)).where(not(LabelledTable.unlabelled()));
    return new TestSplit(data.split())
        .mark(labelled)
        .where(not(col(ColumnNames.TEST)).and(HashSample.holds(share, seed)));
  }
}
