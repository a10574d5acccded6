import dev.lakewright.lake.Sessions;
import dev.lakewright.neighbours.ClusterNeighbours;
import dev.lakewright.neighbours.Density;
import dev.lakewright.neighbours.NeighbourBlock;
import dev.lakewright.neighbours.NeighbourPlan;
import dev.lakewright.neighbours.NeighbourSearch;
import dev.lakewright.neighbours.RowBlock;
import dev.lakewright.neighbours.VectorColumn;
import dev.lakewright.sampling.ClusterSmote;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.BufferedOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/**
 * Smote.java PARQUET K METHOD ROUNDS OUT: as many synthetic rows as there are rows (columns key, vector), from reading
 * the Parquet files to counting the rows made, in local[2]; OUT gets key and k neighbour keys per row, as longs.
 */
public final class Smote {

  public static void main(String[] args) throws Exception {
    SparkSession session =
        Sessions.start(Map.of("spark.master", "local[2]", "spark.sql.files.maxPartitionBytes", "32m"));
    int k = Integer.parseInt(args[1]);
    NeighbourSearch search =
        NeighbourSearch.of(k, 1).by(NeighbourSearch.Method.valueOf(args[2].toUpperCase()));
    long heap = Runtime.getRuntime().maxMemory();
    NeighbourPlan.Room room = new NeighbourPlan.Room(0, (long) (heap * 0.4 / 2), 2);
    List<String> rounds = new ArrayList<>();
    for (int round = 0; round < Integer.parseInt(args[3]); round++) {
      long started = System.nanoTime();
      JavaRDD<RowBlock> rows =
          VectorColumn.read(session.read().parquet(args[0]), "key", "vector", Density.DENSE);
      try (ClusterNeighbours found = ClusterNeighbours.find(rows, search, room)) {
        double neighbours = (System.nanoTime() - started) / 1e9;
        long made =
            ClusterSmote.rows("rare", found, found.rows(), 1).map(each -> (long) each.rows().rows()).fold(0L, Long::sum);
        double all = (System.nanoTime() - started) / 1e9;
        if (made != found.rows()) {
          throw new IllegalStateException(made + " rows made");
        }
        rounds.add(
            "{\"seconds\": %.2f, \"neighbours\": %.2f, \"recall\": %s}"
                .formatted(all, neighbours, found.recall().isPresent() ? found.recall().getAsDouble() : "1.0"));
        System.err.println(found.plan().describe() + " " + rounds.get(round));
        if (round == 0) {
          write(found, k, args[4]);
        }
      }
    }
    System.out.println("{\"rounds\": " + rounds + "}");
    session.stop();
  }

  private static void write(ClusterNeighbours found, int k, String file) throws Exception {
    try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(file)))) {
      found.blocks().toLocalIterator().forEachRemaining(block -> write(block, k, out));
    }
  }

  private static void write(NeighbourBlock block, int k, DataOutputStream out) {
    try {
      for (int row = 0; row < block.rows().rows(); row++) {
        out.writeLong(block.rows().keys()[row]);
        for (int rank = 0; rank < k; rank++) {
          out.writeLong(block.key(row, rank));
        }
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
