package dev.lakewright.sampling;

import dev.lakewright.errors.DataException;
import java.util.Arrays;

/**
 * Instance hardness threshold (Smith, Martinez, Giraud-Carrier, 2014): keeps the rows of whose
 * class a classifier that was not trained on them is most sure, exactly as many as asked for.
 */
record InstanceHardness(OwnClassProbabilities classifier) implements UnderSampling {

  @Override
  public UnderSampling prepared(RowsByClass rows, long seed) {
    double[] probabilities = classifier.of(rows.matrix(), rows.classes(), seed);
    for (double probability : probabilities) {
      if (Double.isNaN(probability)) {
        throw new DataException(
            "sampling.method: instance_hardness found no probability for a row: its classifier gives NaN; scale the numeric features, or choose another method");
      }
    }
    return (all, label, count, draws) -> easiest(all.of(label), probabilities, count);
  }

  @Override
  public int[] select(RowsByClass rows, int label, int count, Draws draws) {
    return prepared(rows, draws.seed()).select(rows, label, count, draws);
  }

  private static int[] easiest(int[] members, double[] probabilities, int count) {
    double[] hardness = Arrays.stream(members).mapToDouble(row -> -probabilities[row]).toArray();
    return Shares.lowest(members, hardness, count);
  }
}
