package dev.lakewright.logstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.lake.SparkForTests;
import dev.lakewright.s3.OtherJvm;
import dev.lakewright.s3.S3Server;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our sessions' log stores, where two drivers write to one table. */
class TwoAppendersTest {

  private static final int COMMITS = 5;

  @TempDir Path folder;

  @Test
  void everyRowIsKeptOnDiskAndOnS3() throws Exception {
    SparkSession spark = SparkForTests.session();
    S3Server server = S3Server.shared();
    server.settings().forEach((key, value) -> hadoop(spark).set(key, value));
    List<String> tables =
        List.of(folder.resolve("table").toString(), server.uri("appended/" + folder.getFileName()));
    for (String table : tables) {
      spark.sql("select '' as writer, 0 as commit where false").write().format("delta").save(table);
    }

    List<Process> writers = List.of(appender("one", tables), appender("two", tables));
    for (Process writer : writers) {
      assertThat(writer.waitFor(240, TimeUnit.SECONDS)).isTrue();
      assertThat(writer.exitValue()).isZero();
    }

    for (String table : tables) {
      assertThat(spark.read().format("delta").load(table).distinct().count())
          .as(table)
          .isEqualTo(2 * COMMITS);
      assertThat(spark.sql("describe history delta.`" + table + "`").count())
          .isEqualTo(2 * COMMITS + 1);
    }
  }

  private static org.apache.hadoop.conf.Configuration hadoop(SparkSession spark) {
    return spark.sparkContext().hadoopConfiguration();
  }

  private static Process appender(String name, List<String> tables) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of(name, Integer.toString(COMMITS), String.join(",", tables)));
    S3Server.shared()
        .settings()
        .forEach((key, value) -> arguments.add("spark.hadoop." + key + "=" + value));
    Path options = Path.of(System.getProperty("lakewright.root"), "jobs", "java.options");
    return OtherJvm.start(Appender.class, List.of("-Xmx700m", "@" + options), arguments);
  }
}
