package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.lake.ColumnNames;
import dev.lakewright.lake.DeltaSource;
import dev.lakewright.lake.TableVersion;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The Delta table of resampled rows. Its rows are replaced by one commit, which tells what they
 * were made of; readers see the old rows or the new ones.
 */
final class ResampledTable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> OWN =
      List.of(ResampledColumns.ORIGIN, ResampledColumns.SOURCE, ResampledColumns.OTHER);

  private final String table;
  private final DeltaSource delta;

  ResampledTable(SparkSession spark, String table) {
    this.table = table;
    this.delta = new DeltaSource(spark);
  }

  /**
   * What a commit tells.
   *
   * @param fingerprint of all that decides the rows
   * @param before rows per class of the source
   * @param unlabelled rows of the source that have no class
   */
  record Making(String fingerprint, Map<String, Long> before, long unlabelled) {

    private String text() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("lakewright", "resample");
      fields.put("fingerprint", fingerprint);
      fields.put("before", before);
      fields.put("unlabelled", unlabelled);
      try {
        return JSON.writeValueAsString(fields);
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Optional<Making> read(String text) {
      try {
        JsonNode json = JSON.readTree(text);
        if (!json.path("lakewright").asText().equals("resample")) {
          return Optional.empty();
        }
        Map<String, Long> before = new TreeMap<>();
        json.path("before")
            .properties()
            .forEach(e -> before.put(e.getKey(), e.getValue().asLong()));
        return Optional.of(
            new Making(
                json.path("fingerprint").asText(), before, json.path("unlabelled").asLong()));
      } catch (JsonProcessingException e) {
        return Optional.empty(); // another program's words
      }
    }
  }

  /**
   * Refuses to replace what this job has not written.
   *
   * @throws ConfigException if the table is the source, or another one's
   */
  void requireReplaceable(TableVersion source) {
    if (!delta.exists(table)) {
      return;
    }
    TableVersion there = delta.resolve(table, "latest");
    if (there.id().equals(source.id())) {
      throw new ConfigException(
          "resample.output is data.table itself, %s, whose rows would be lost; name another table"
              .formatted(table));
    }
    if (!Arrays.asList(delta.read(there).columns()).containsAll(OWN)) {
      throw new ConfigException(
          "resample.output %s is a table that resample has not written (it has no columns %s); name another table"
              .formatted(table, String.join(", ", OWN)));
    }
  }

  /** What the rows were made of, if the newest commit is this job's. */
  Optional<Making> making() {
    return delta.exists(table)
        ? delta.commitMetadata(table).flatMap(Making::read)
        : Optional.empty();
  }

  /**
   * Replaces all rows. Files tell how many rows they have, but no ranges of values: such a table is
   * read whole, and ranges of names that no other row has take a fifth of the time of writing.
   */
  void write(Dataset<Row> rows, Making making) {
    var writer =
        rows.write()
            .format("delta")
            .mode("overwrite")
            .option("overwriteSchema", "true")
            .option("delta.dataSkippingNumIndexedCols", "0")
            .option("userMetadata", making.text());
    if (DeltaSource.isCatalogName(table)) {
      writer.saveAsTable(table);
    } else {
      writer.save(table);
    }
  }

  /**
   * Rows as they stand in the newest version.
   *
   * @param after per class
   * @param origins per origin
   */
  record Content(TableVersion version, Map<String, Long> after, Map<String, Long> origins) {}

  /**
   * What was just written, where its counts are known beforehand.
   *
   * @throws IllegalStateException when the newest commit wrote another number of rows
   */
  Content written(Map<String, Long> after, Map<String, Long> origins) {
    long expected = after.values().stream().mapToLong(Long::longValue).sum();
    long rows = delta.rowsWritten(table).orElse(expected);
    if (rows != expected) {
      throw new IllegalStateException(
          "%s should hold %d rows, but its newest commit wrote %d"
              .formatted(table, expected, rows));
    }
    return new Content(delta.resolve(table, "latest"), after, origins);
  }

  /** Counts. */
  Content content(String label) {
    TableVersion version = delta.resolve(table, "latest");
    Map<String, Long> after = new TreeMap<>();
    Map<String, Long> origins = new TreeMap<>();
    delta
        .read(version)
        .groupBy(ColumnNames.quoted(label).cast("string"), col(ResampledColumns.ORIGIN))
        .count()
        .collectAsList()
        .forEach(
            row -> {
              after.merge(row.getString(0), row.getLong(2), Long::sum);
              origins.merge(row.getString(1), row.getLong(2), Long::sum);
            });
    return new Content(version, after, origins);
  }
}
