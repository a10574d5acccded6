package dev.lakewright.neighbours;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** Brings rows to their regions: one shuffle, after which partition i is region i. */
final class Regions {

  private Regions() {}

  /** Rows on their way to a region. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Part(RowBlock rows, int[] cells, float[] nearness) implements Serializable {}

  static JavaRDD<Region> of(JavaRDD<RowBlock> rows, Layout layout) {
    return rows.flatMapToPair(block -> parts(block, layout))
        .partitionBy(new ByNumber(layout.regions()))
        .mapPartitionsWithIndex((number, parts) -> region(number, parts, layout), true);
  }

  private static Iterator<Tuple2<Integer, Part>> parts(RowBlock block, Layout layout) {
    Cells.Homes homes = layout.homes(block);
    int[] regionOfCell =
        IntStream.range(0, layout.firstCell(layout.regions())).map(layout::region).toArray();
    List<IntStream.Builder> places = new ArrayList<>();
    for (int region = 0; region < layout.regions(); region++) {
      places.add(IntStream.builder());
    }
    for (int row = 0; row < block.rows(); row++) {
      places.get(regionOfCell[homes.cells()[row]]).add(row);
    }
    List<Tuple2<Integer, Part>> parts = new ArrayList<>();
    for (int region = 0; region < layout.regions(); region++) {
      int[] chosen = places.get(region).build().toArray();
      if (chosen.length > 0) {
        parts.add(new Tuple2<>(region, part(block, homes, chosen)));
      }
    }
    return parts.iterator();
  }

  private static Part part(RowBlock block, Cells.Homes homes, int[] rows) {
    int[] cells = new int[rows.length];
    float[] nearness = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      cells[i] = homes.cells()[rows[i]];
      nearness[i] = homes.nearness()[rows[i]];
    }
    return new Part(block.select(rows), cells, nearness);
  }

  private static Iterator<Region> region(
      int number, Iterator<Tuple2<Integer, Part>> arriving, Layout layout) {
    List<Part> parts = new ArrayList<>();
    arriving.forEachRemaining(pair -> parts.add(pair._2()));
    if (parts.isEmpty()) {
      return List.<Region>of().iterator();
    }
    Part all = concatenation(parts);
    int[] order =
        IntStream.range(0, all.cells.length)
            .boxed()
            .sorted(
                Comparator.comparingInt((Integer row) -> all.cells[row])
                    .thenComparingLong(row -> all.rows.keys()[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    float[] nearness = new float[order.length];
    int firstCell = layout.firstCell(number);
    int[] starts = new int[layout.firstCell(number + 1) - firstCell + 1];
    for (int i = 0; i < order.length; i++) {
      nearness[i] = all.nearness[order[i]];
      starts[all.cells[order[i]] - firstCell + 1]++;
    }
    for (int cell = 1; cell < starts.length; cell++) {
      starts[cell] += starts[cell - 1];
    }
    return List.of(
            new Region(
                number,
                all.rows.select(order),
                firstCell,
                starts,
                nearness,
                new double[0],
                new double[0]))
        .iterator();
  }

  private static Part concatenation(List<Part> parts) {
    RowBlock rows = RowBlock.concatenated(parts.stream().map(Part::rows).toList());
    int[] cells = new int[rows.rows()];
    float[] nearness = new float[rows.rows()];
    int to = 0;
    for (Part part : parts) {
      System.arraycopy(part.cells, 0, cells, to, part.cells.length);
      System.arraycopy(part.nearness, 0, nearness, to, part.nearness.length);
      to += part.cells.length;
    }
    return new Part(rows, cells, nearness);
  }
}
