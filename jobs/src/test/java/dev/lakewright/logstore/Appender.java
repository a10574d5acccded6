package dev.lakewright.logstore;

import dev.lakewright.lake.Sessions;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** A process that appends to tables, a commit per row: WRITER COMMITS TABLE,TABLE [KEY=VALUE]... */
public final class Appender {

  private Appender() {}

  public static void main(String[] arguments) throws java.io.IOException {
    Map<String, String> settings = new HashMap<>();
    for (int i = 3; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      settings.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
    }
    settings.put("spark.master", "local[1]");
    settings.put("spark.sql.warehouse.dir", "target/spark-warehouse");
    try (SparkSession spark = Sessions.start(settings)) {
      for (String table : arguments[2].split(",")) {
        for (int commit = 0; commit < Integer.parseInt(arguments[1]); commit++) {
          spark
              .sql("select '%s' as writer, %d as commit".formatted(arguments[0], commit))
              .write()
              .format("delta")
              .mode("append")
              .save(table);
        }
      }
    }
  }
}
