package dev.lakewright.sampling;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import dev.lakewright.neighbours.RowDistances;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Under-sampling by clusters (Yen and Lee, 2009, in imbalanced-learn's form): a class becomes as
 * many k-means clusters as rows are asked for. Of each there remains its mean, or, where less than
 * half of the entries are there, so that means would be far denser than rows, its row nearest to
 * the mean.
 */
record ClusterCentroids(SamplingConfig config, List<String> classes) implements Resampler {

  private static final double DENSE = 0.5;

  @Override
  public Resampled resample(RowMatrix training, long seed) {
    RowsByClass rows = RowsByClass.of(training, classes);
    long[] toKeep = Targets.toKeep(config, rows.sizes());
    boolean[] kept = new boolean[training.rows()];
    List<KMeans> clusterings = new ArrayList<>();
    List<int[]> members = new ArrayList<>();
    boolean dense = isDense(training);
    for (int label : rows.present()) {
      int[] own = rows.of(label);
      if (toKeep[label] < 0 || toKeep[label] == own.length) {
        Arrays.stream(own).forEach(row -> kept[row] = true);
        continue;
      }
      KMeans clusters = KMeans.of(training.select(own), (int) toKeep[label], new Draws(seed));
      if (dense) {
        clusterings.add(clusters);
        members.add(own);
      } else {
        Arrays.stream(nearest(training, own, clusters)).forEach(row -> kept[row] = true);
      }
    }
    MadeRows made = MadeRows.after(training, Kept.rows(kept));
    for (int i = 0; i < clusterings.size(); i++) {
      addMeans(training, members.get(i), clusterings.get(i), made);
    }
    return made.resampled();
  }

  private static boolean isDense(RowMatrix matrix) {
    double entries = matrix.starts()[matrix.rows()];
    return entries >= DENSE * matrix.rows() * matrix.features();
  }

  private static void addMeans(RowMatrix training, int[] members, KMeans clusters, MadeRows made) {
    int[] sources = nearest(training, members, clusters);
    SparseVector vector = new SparseVector();
    for (int cluster = 0; cluster < sources.length; cluster++) {
      clusters.means().read(cluster, vector);
      made.add(vector, clusters.means().weight(cluster), Origin.MEAN, sources[cluster], -1);
    }
  }

  /** Per cluster its row nearest to the mean, of equally near ones the first. */
  private static int[] nearest(RowMatrix training, int[] members, KMeans clusters) {
    RowMatrix both = new RowMatrix(training.features());
    both.append(clusters.means());
    both.append(training.select(members));
    int count = clusters.means().rows();
    int[][] places = KMeans.members(clusters.assignment(), count);
    RowDistances distances = new RowDistances(both);
    int[] nearest = new int[count];
    for (int cluster = 0; cluster < count; cluster++) {
      distances.from(cluster);
      double least = Double.POSITIVE_INFINITY;
      for (int place : places[cluster]) {
        double square = distances.square(count + place);
        if (square < least) {
          least = square;
          nearest[cluster] = members[place];
        }
      }
    }
    return nearest;
  }
}
