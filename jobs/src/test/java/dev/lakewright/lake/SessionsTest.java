package dev.lakewright.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.logstore.LocalLogStore;
import dev.lakewright.logstore.S3LogStore;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {

  private final SparkConf conf = new SparkConf(false);

  @ParameterizedTest
  @ValueSource(strings = {"s3a", "s3", "s3n"})
  void tablesOnS3GetTheLogStoreOfS3(String scheme) {
    String key = "spark.delta.logStore.%s.impl".formatted(scheme);
    Sessions.addLogStores(conf);
    assertThat(conf.get(key)).isEqualTo(S3LogStore.class.getName());
    assertThat(conf.get("spark.delta.logStore.file.impl")).isEqualTo(LocalLogStore.class.getName());

    SparkConf own = new SparkConf(false).set(key, "org.example.Own");
    Sessions.addLogStores(own);
    assertThat(own.get(key)).isEqualTo("org.example.Own");
  }

  @Test
  void oneLogStoreForAllStaysAlone() {
    conf.set("spark.delta.logStore.class", "org.example.Own");
    Sessions.addLogStores(conf);
    assertThat(conf.getAllWithPrefix("spark.delta.logStore.")).hasSize(1);
  }
}
