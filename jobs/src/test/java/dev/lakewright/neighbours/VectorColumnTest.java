package dev.lakewright.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.errors.DataException;
import dev.lakewright.lake.SparkForTests;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VectorColumnTest {

  @ParameterizedTest
  @EnumSource(Density.class)
  void vectorsAndArraysAreReadAlike(Density density) {
    Dataset<Row> vectors =
        table(
            SQLDataTypes.VectorType(),
            RowFactory.create(7, Vectors.dense(1, 0, 2.5)),
            RowFactory.create(9, Vectors.sparse(3, new int[] {1}, new double[] {4})));
    Dataset<Row> arrays =
        table(
            DataTypes.createArrayType(DataTypes.DoubleType),
            RowFactory.create(7, List.of(1.0, 0.0, 2.5)),
            RowFactory.create(9, List.of(0.0, 4.0, 0.0)));

    for (Dataset<Row> rows : List.of(vectors, arrays)) {
      RowBlock block =
          RowBlock.concatenated(VectorColumn.read(rows, "key", "vector", density).collect());
      assertThat(block).isInstanceOf(density == Density.DENSE ? DenseRows.class : SparseRows.class);
      assertThat(block.keys()).containsExactly(7, 9);
      assertThat(block.columns()).isEqualTo(3);
      assertThat(block.matrix().columns()).startsWith(0, 2, 1);
      assertThat(block.matrix().values()).startsWith(1, 2.5f, 4);
    }
  }

  @Test
  void aColumnWithoutVectorsIsRefused() {
    Dataset<Row> rows = table(DataTypes.StringType, RowFactory.create(1, "a"));

    assertThatThrownBy(() -> VectorColumn.read(rows, "key", "vector", Density.DENSE))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "column vector holds string, not vectors or arrays of numbers; assemble the columns into a vector first");
  }

  @Test
  void rowsOfDifferentWidthAreRefused() {
    Dataset<Row> rows =
        table(
            SQLDataTypes.VectorType(),
            RowFactory.create(1, Vectors.dense(1, 2)),
            RowFactory.create(2, Vectors.dense(1, 2, 3)));

    assertThatThrownBy(() -> VectorColumn.read(rows, "key", "vector", Density.DENSE).collect())
        .hasStackTraceContaining(
            "the row with key 2 has 3 columns, others 2; all rows must have the same columns");
  }

  private static Dataset<Row> table(DataType type, Row... rows) {
    return SparkForTests.session()
        .createDataFrame(
            List.of(rows), new StructType().add("key", DataTypes.IntegerType).add("vector", type))
        .coalesce(1);
  }
}
