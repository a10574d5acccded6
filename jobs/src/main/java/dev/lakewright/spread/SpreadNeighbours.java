package dev.lakewright.spread;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.struct;

import dev.lakewright.neighbours.ClusterNeighbours;
import dev.lakewright.neighbours.CrossNeighbours;
import dev.lakewright.neighbours.NeighbourBlock;
import dev.lakewright.neighbours.NeighbourPlan;
import dev.lakewright.neighbours.NeighbourSearch;
import dev.lakewright.neighbours.RowBlock;
import dev.lakewright.sampling.Neighbourhood;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** Neighbours of spread rows, as tables. To be closed once these are no longer needed. */
final class SpreadNeighbours implements AutoCloseable {

  /** Numbers of a row's neighbours, in the order in which they were asked for. */
  static final String OTHERS = "_lw_others";

  /** Squared distances of a row's neighbours. */
  static final String SQUARES = "_lw_squares";

  /** Rank, class and number of each neighbour. */
  static final String NEIGHBOURS = "_lw_neighbours";

  /** Class of a neighbour. */
  static final String OTHER_CLASS = "_lw_other_class";

  /** Number of a neighbour. */
  static final String OTHER = Derivation.OTHER_ROW;

  private static final String RANK = "_lw_rank";

  /**
   * Queries per candidate below which these are compared with all candidates even where that takes
   * long: to find the neighbours of all candidates would take longer.
   */
  private static final double FEW = 0.01;

  private static final StructType SCHEMA =
      new StructType()
          .add(EncodedRows.ROW, DataTypes.LongType)
          .add(OTHERS, DataTypes.createArrayType(DataTypes.LongType))
          .add(SQUARES, DataTypes.createArrayType(DataTypes.DoubleType));

  private final SpreadSetting setting;
  private final CachedRows cached = new CachedRows();

  SpreadNeighbours(SpreadSetting setting) {
    this.setting = setting;
  }

  /** The same, to be closed by itself. */
  SpreadNeighbours again() {
    return new SpreadNeighbours(setting);
  }

  /**
   * The nearest of some rows, each among all of them: {@link EncodedRows#ROW}, {@link #OTHERS},
   * {@link #SQUARES}.
   */
  Dataset<Row> within(EncodedRows rows, int k) {
    JavaRDD<RowBlock> blocks = rows.blocks().persist(StorageLevel.MEMORY_AND_DISK());
    try (ClusterNeighbours found =
        ClusterNeighbours.find(blocks, setting.search().of(k), setting.room())) {
      tell(found, setting.progress());
      return table(found.blocks());
    } finally {
      blocks.unpersist();
    }
  }

  /**
   * The nearest of some rows among rows that they are part of, by the cheaper way: the queries
   * alone, exactly, or all rows.
   */
  Dataset<Row> nearest(EncodedRows queries, EncodedRows candidates, int k) {
    double asking = queries.rows().count();
    double offered = candidates.rows().count();
    boolean affordable =
        setting.search().method() == NeighbourSearch.Method.EXACT
            || asking * offered * candidates.encoding().entries() <= NeighbourPlan.EXACT_LIMIT;
    return 2 * asking < offered && (affordable || asking < FEW * offered)
        ? of(queries, candidates, k, CrossNeighbours.Order.NEAREST)
        : queries.of(within(candidates, k));
  }

  /** Says how neighbours were found. */
  static void tell(ClusterNeighbours found, Consumer<String> progress) {
    progress.accept(found.plan().describe());
    found
        .recall()
        .ifPresent(
            recall -> progress.accept(String.format(Locale.ROOT, "measured recall: %.3f", recall)));
  }

  /**
   * The neighbours of some rows among others, exact: as {@link #within}, of the first rows.
   *
   * @param candidates may hold the queries, which are not neighbours of themselves
   */
  Dataset<Row> of(EncodedRows queries, EncodedRows candidates, int k, CrossNeighbours.Order order) {
    setting.tell(
        String.format(
            Locale.ROOT,
            "neighbours: exact, on the cluster; %d rows among %d",
            queries.rows().count(),
            candidates.rows().count()));
    JavaRDD<RowBlock> asking = queries.blocks().persist(StorageLevel.MEMORY_AND_DISK());
    JavaRDD<RowBlock> offered = candidates.blocks().persist(StorageLevel.MEMORY_AND_DISK());
    try (CrossNeighbours found = CrossNeighbours.find(asking, offered, k, order, setting.room())) {
      return table(found.blocks());
    } finally {
      asking.unpersist();
      offered.unpersist();
    }
  }

  private Dataset<Row> table(JavaRDD<NeighbourBlock> blocks) {
    return cached.now(
        setting.spark().createDataFrame(blocks.flatMap(SpreadNeighbours::rows), SCHEMA));
  }

  private static Iterator<Row> rows(NeighbourBlock block) {
    return IntStream.range(0, block.rows().rows()).mapToObj(row -> row(block, row)).iterator();
  }

  private static Row row(NeighbourBlock block, int row) {
    Long[] others = new Long[block.size(row)];
    Double[] squares = new Double[others.length];
    Arrays.setAll(others, rank -> block.key(row, rank));
    Arrays.setAll(squares, rank -> block.square(row, rank));
    return RowFactory.create(block.rows().keys()[row], others, squares);
  }

  /**
   * With the classes of the neighbours, to be read by {@link #neighbourhood}; rows that have none
   * are left out.
   *
   * @param labels of all rows, see {@link EncodedRows#labels}
   */
  Dataset<Row> labelled(Dataset<Row> found, Dataset<Row> labels) {
    Dataset<Row> pairs =
        found.select(
            col(EncodedRows.ROW),
            posexplode(col(OTHERS)).as(new String[] {RANK, Derivation.OTHER_ROW}));
    Dataset<Row> others =
        labels.select(
            col(EncodedRows.ROW).as(Derivation.OTHER_ROW), col(EncodedRows.CLASS).as(OTHER_CLASS));
    Dataset<Row> gathered =
        pairs
            .join(others, Derivation.OTHER_ROW)
            .groupBy(EncodedRows.ROW)
            .agg(
                array_sort(
                        collect_list(
                            struct(col(RANK), col(OTHER_CLASS), col(Derivation.OTHER_ROW))))
                    .as(NEIGHBOURS));
    return cached.now(
        gathered
            .join(labels, EncodedRows.ROW)
            .select(EncodedRows.ROW, EncodedRows.CLASS, NEIGHBOURS));
  }

  /** Number and class of a row's neighbour. */
  record Neighbour(long row, int label) {}

  /** The neighbours in a row of {@link #labelled}. */
  static List<Neighbour> neighbours(Row row) {
    return row.<Row>getList(2).stream()
        .map(each -> new Neighbour(each.getLong(2), each.getInt(1)))
        .toList();
  }

  /** The classes in a row of {@link #labelled}. */
  static Neighbourhood neighbourhood(Row row) {
    return new Neighbourhood(
        row.getInt(1), neighbours(row).stream().mapToInt(Neighbour::label).toArray());
  }

  /** Rows, computed when this returns and kept until this is closed. */
  Dataset<Row> keep(Dataset<Row> rows) {
    return cached.now(rows);
  }

  @Override
  public void close() {
    cached.close();
  }
}
