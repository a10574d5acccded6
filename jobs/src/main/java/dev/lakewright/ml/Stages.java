package dev.lakewright.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/** Stages and JSON of estimators that hold others, on any file system. */
final class Stages {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Stages() {}

  static void save(MLWriter writer, String path) {
    try {
      writer.save(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path + ": " + e.getMessage(), e);
    }
  }

  /** Saves an estimator, model or evaluator. */
  static void save(SparkSession spark, Params stage, String path) {
    if (!(stage instanceof MLWritable writable)) {
      throw new IllegalArgumentException(
          "%s cannot be saved: it is not MLWritable".formatted(stage.getClass().getName()));
    }
    save(writable.write().session(spark), path);
  }

  /** Loads what {@link #save} saved, by the class that its metadata names. */
  static <T extends Params> T load(SparkSession spark, String path, Class<T> kind) {
    String name =
        json(spark.read().textFile(path + "/metadata").first(), path).path("class").asText();
    try {
      Class<?> type = Class.forName(name, false, Thread.currentThread().getContextClassLoader());
      if (!kind.isAssignableFrom(type)) {
        throw new IllegalArgumentException(
            "%s holds a %s, but a %s is expected".formatted(path, name, kind.getName()));
      }
      MLReader<?> reader = (MLReader<?>) type.getMethod("read").invoke(null);
      return kind.cast(reader.session(spark).load(path));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "%s holds a %s, which cannot be read: %s".formatted(path, name, e), e);
    }
  }

  static void write(SparkSession spark, JsonNode node, String path) {
    spark.createDataset(List.of(node.toString()), Encoders.STRING()).coalesce(1).write().text(path);
  }

  static JsonNode read(SparkSession spark, String path) {
    return json(spark.read().textFile(path).first(), path);
  }

  private static JsonNode json(String text, String path) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(path + " is damaged: " + e.getOriginalMessage(), e);
    }
  }
}
