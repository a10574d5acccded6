package dev.lakewright.spread;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import dev.lakewright.neighbours.ClusterNeighbours;
import dev.lakewright.neighbours.RowBlock;
import dev.lakewright.sampling.ClassCounts;
import dev.lakewright.sampling.ClusterSmote;
import dev.lakewright.sampling.Origin;
import dev.lakewright.sampling.SyntheticRows;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** SMOTE over rows that stay spread. */
record SpreadSmote(
    SpreadSetting setting, EncodedRows rows, ClassCounts counts, int neighbours, CachedRows cached)
    implements SpreadMaking {

  private static final String KEY = "_lw_made_key";

  @Override
  public Dataset<Row> make(int label, long make) {
    String name = counts.names().get(label);
    int k = (int) Math.min(neighbours, counts.count(label) - 1);
    JavaRDD<RowBlock> blocks =
        rows.where(wanted -> wanted == label).blocks().persist(StorageLevel.MEMORY_AND_DISK());
    try (ClusterNeighbours found =
        ClusterNeighbours.find(blocks, setting.search().of(k), setting.room())) {
      SpreadNeighbours.tell(found, line -> setting.tell("class " + name + ": " + line));
      return cached.now(numbered(ClusterSmote.rows(name, found, make, setting.search().seed())));
    } finally {
      blocks.unpersist();
    }
  }

  /** Derivations whose numbers are the places among the rows of one source by their keys. */
  private Dataset<Row> numbered(JavaRDD<SyntheticRows> made) {
    StructType ends =
        new StructType()
            .add(EncodedRows.ROW, DataTypes.LongType)
            .add(Derivation.OTHER_ROW, DataTypes.LongType)
            .add(Derivation.GAP, DataTypes.DoubleType)
            .add(KEY, DataTypes.LongType);
    Dataset<Row> rows = setting.spark().createDataFrame(made.flatMap(SpreadSmote::ends), ends);
    Column number = row_number().over(Window.partitionBy(col(EncodedRows.ROW)).orderBy(KEY));
    return rows.select(
        col(EncodedRows.ROW),
        col(Derivation.OTHER_ROW),
        Derivation.origin(Origin.BETWEEN).as(Derivation.ORIGIN),
        number.as(Derivation.NUMBER),
        col(Derivation.GAP),
        absent(Derivation.NUMBERS),
        absent(Derivation.CATEGORIES));
  }

  private static Column absent(String name) {
    return lit(null).cast(Derivation.SCHEMA.apply(name).dataType()).as(name);
  }

  private static Iterator<Row> ends(SyntheticRows made) {
    return IntStream.range(0, made.baseKeys().length)
        .mapToObj(
            i ->
                RowFactory.create(
                    made.baseKeys()[i],
                    made.neighbourKeys()[i],
                    made.gaps()[i],
                    made.rows().keys()[i]))
        .iterator();
  }
}
