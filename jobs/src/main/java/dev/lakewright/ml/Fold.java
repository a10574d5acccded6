package dev.lakewright.ml;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.mllib.util.MLUtils;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Rows to train on and rows to validate on. */
record Fold(Dataset<Row> training, Dataset<Row> validation) {

  /**
   * The folds that Spark's {@code CrossValidator} makes.
   *
   * @param column of fold numbers; empty: folds are random
   */
  static List<Fold> of(Dataset<?> dataset, int folds, String column, long seed) {
    Dataset<Row> rows = dataset.toDF();
    ClassTag<Row> tag = ClassTag$.MODULE$.apply(Row.class);
    Tuple2<RDD<Row>, RDD<Row>>[] parts =
        column.isEmpty()
            ? MLUtils.kFold(rows.rdd(), folds, seed, tag)
            : MLUtils.kFold(rows, folds, column);
    StructType schema = column.isEmpty() ? rows.schema() : rows.drop(column).schema();
    List<Fold> result = new ArrayList<>();
    for (Tuple2<RDD<Row>, RDD<Row>> part : parts) {
      result.add(
          new Fold(
              rows.sparkSession().createDataFrame(part._1(), schema),
              rows.sparkSession().createDataFrame(part._2(), schema)));
    }
    return result;
  }
}
