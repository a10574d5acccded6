package dev.lakewright.neighbours;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.broadcast.Broadcast;

/** Which region, and which cell of it, a row belongs to. */
sealed interface Layout extends Serializable {

  /** Number of regions. */
  int regions();

  /** First cell of a region; of the number of regions, the number of cells. */
  int firstCell(int region);

  /** Cells of rows. */
  Cells.Homes homes(RowBlock rows);

  /** Region of a cell. */
  int region(int cell);

  /** Every region is one cell, and rows are spread by hash. */
  record ByKey(int regions) implements Layout {

    private static final long SEED = 0x6e65617265737431L;

    @Override
    public int firstCell(int region) {
      return region;
    }

    @Override
    public Cells.Homes homes(RowBlock rows) {
      int[] cells =
          Arrays.stream(rows.keys())
              .mapToInt(key -> Mixing.below(regions, Mixing.mix(key, SEED)))
              .toArray();
      return new Cells.Homes(cells, new float[cells.length]);
    }

    @Override
    public int region(int cell) {
      return cell;
    }
  }

  /** A row goes to the cell of the nearest centroid, and a region has as many cells as another. */
  record ByCell(int regions, Broadcast<Cells> cells) implements Layout {

    @Override
    public int firstCell(int region) {
      return (int) ((long) cells.value().count() * region / regions);
    }

    @Override
    public Cells.Homes homes(RowBlock rows) {
      return cells.value().homes((DenseRows) rows);
    }

    @Override
    public int region(int cell) {
      return IntStream.range(0, regions)
          .filter(region -> cell < firstCell(region + 1))
          .findFirst()
          .orElseThrow();
    }
  }
}
