package dev.lakewright.spread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.lake.SparkForTests;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CachedRowsTest {

  @Test
  void allIsFreedThoughTheThreadIsInterrupted() {
    CachedRows cached = new CachedRows();
    Dataset<Row> numbers = SparkForTests.session().range(10).toDF();
    Dataset<Row> one = cached.lazily(numbers.selectExpr("id + 1 AS next"));
    Dataset<Row> other = cached.lazily(numbers.selectExpr("id + 2 AS next"));
    assertThat(one.count() + other.count()).isEqualTo(20);
    Thread.currentThread().interrupt();
    cached.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(one.storageLevel().useMemory()).isFalse();
    assertThat(other.storageLevel().useMemory()).isFalse();
  }
}
