package dev.lakewright.sampling;

import dev.lakewright.neighbours.RowDistances;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * K-means SMOTE (Douzas, Bacao, Last, 2018): SMOTE within clusters of all training rows in which
 * the class is strong enough, more rows where the class is sparse. The threshold and the exponent
 * of density are imbalanced-learn's automatic ones. Shares are rounded so that they sum to the rows
 * asked for; where no cluster qualifies, it is plain SMOTE.
 *
 * @param neighbours within the class and the cluster
 * @param clusters of all training rows
 */
record KMeansSmote(int neighbours, int clusters) implements OverSampling {

  @Override
  public OverSampling prepared(RowsByClass rows, int[] toMake, Draws draws) {
    int[] assignment = KMeans.of(rows.matrix(), clusters, draws).assignment();
    return new Clustered(
        neighbours, clusters, assignment, Arrays.stream(toMake).asLongStream().sum());
  }

  @Override
  public void make(RowsByClass rows, int label, int count, Draws draws, MadeRows out) {
    int[] toMake = new int[rows.classes()];
    toMake[label] = count;
    prepared(rows, toMake, draws).make(rows, label, count, draws, out);
  }

  /** Once the rows are in clusters. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Clustered(int neighbours, int clusters, int[] assignment, long total)
      implements OverSampling {

    @Override
    public void make(RowsByClass rows, int label, int count, Draws draws, MadeRows out) {
      List<int[]> places = places(rows, label, (double) count / total / 2);
      if (places.isEmpty()) {
        new Smote(neighbours).make(rows, label, count, draws, out);
        return;
      }
      double[] sparsities = places.stream().mapToDouble(place -> sparsity(rows, place)).toArray();
      int[] shares = Sparsity.shares(sparsities, count);
      for (int i = 0; i < shares.length; i++) {
        int[] members = places.get(i);
        int[] copies = Shares.even(members, shares[i], draws);
        Segments.make(rows.matrix(), members, copies, members, neighbours, draws, out);
      }
    }

    /** The class's rows in each cluster with enough of them, and a large enough share. */
    private List<int[]> places(RowsByClass rows, int label, double threshold) {
      int[] sizes = new int[clusters];
      Arrays.stream(assignment).forEach(cluster -> sizes[cluster]++);
      List<int[]> places = new ArrayList<>();
      for (int cluster = 0; cluster < clusters; cluster++) {
        int wanted = cluster;
        int[] members =
            Arrays.stream(rows.of(label)).filter(row -> assignment[row] == wanted).toArray();
        if (members.length > neighbours && members.length >= threshold * sizes[cluster]) {
          places.add(members);
        }
      }
      return places;
    }
  }

  /** Logarithm of the {@link Sparsity} of some rows. */
  static double sparsity(RowsByClass rows, int[] members) {
    RowDistances distances = new RowDistances(rows.matrix());
    double sum = 0;
    for (int i = 0; i < members.length; i++) {
      distances.from(members[i]);
      for (int j = i + 1; j < members.length; j++) {
        sum += Math.sqrt(distances.square(members[j]));
      }
    }
    double size = members.length;
    return Sparsity.log(2 * sum / (size * size - size), size);
  }
}
