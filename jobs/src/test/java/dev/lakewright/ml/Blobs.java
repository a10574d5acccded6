package dev.lakewright.ml;

import dev.lakewright.lake.SparkForTests;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Overlapping classes: dense features of different scales, or sparse ones as text has. */
final class Blobs {

  private static final StructType SCHEMA =
      new StructType()
          .add("label", DataTypes.DoubleType)
          .add("weight", DataTypes.DoubleType)
          .add("fold", DataTypes.IntegerType)
          .add("features", SQLDataTypes.VectorType());

  private Blobs() {}

  /** Features that lie around 1000, 0 and 5, with spreads of 10, 0.1 and 1; one is constant. */
  static Dataset<Row> dense(int classes, int rows) {
    Random random = new Random(classes);
    List<Row> data = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int label = random.nextInt(classes);
      data.add(
          row(
              label,
              i,
              random,
              Vectors.dense(
                  1000 + 10 * (random.nextGaussian() + label),
                  0.1 * (random.nextGaussian() - label % 2),
                  5 + random.nextGaussian(),
                  3)));
    }
    return of(data);
  }

  /** A few of 30 features per row. */
  static Dataset<Row> sparse(int classes, int rows) {
    Random random = new Random(classes + 100);
    List<Row> data = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int label = random.nextInt(classes);
      int first = random.nextInt(3) == 0 ? random.nextInt(10) : label * 3 % 10;
      int second = 10 + random.nextInt(20);
      data.add(
          row(
              label,
              i,
              random,
              Vectors.sparse(
                  30, new int[] {first, second}, new double[] {1, random.nextDouble()})));
    }
    return of(data);
  }

  private static Row row(int label, int number, Random random, Vector features) {
    return RowFactory.create((double) label, 0.5 + random.nextInt(3), number % 3, features);
  }

  private static Dataset<Row> of(List<Row> rows) {
    SparkSession session = SparkForTests.session();
    return session.createDataFrame(
        JavaSparkContext.fromSparkContext(session.sparkContext()).parallelize(rows, 2), SCHEMA);
  }
}
