package dev.lakewright.search;

import dev.lakewright.errors.ConfigException;
import java.util.SplittableRandom;
import org.apache.commons.math3.random.SobolSequenceGenerator;

/**
 * A Sobol sequence (directions of Joe and Kuo, "Constructing Sobol sequences with better
 * two-dimensional projections", SIAM J. Sci. Comput. 30 (2008)) with a random digital shift: every
 * coordinate's bits are exclusive-ored with bits drawn from the seed, which keeps the evenness and
 * makes each point uniform (L'Ecuyer and Lemieux, "Recent advances in randomized quasi-Monte Carlo
 * methods" (2002), section 4).
 */
final class ShiftedSobol {

  private static final int BITS = 52;
  private static final int MOST_DIMENSIONS = 1000;

  private final SobolSequenceGenerator sequence;
  private final long[] shift;

  ShiftedSobol(int dimensions, long seed) {
    if (dimensions > MOST_DIMENSIONS) {
      throw new ConfigException(
          "tune.space has %d keys, but quasi-random points have at most %d; set tune.sampler: random"
              .formatted(dimensions, MOST_DIMENSIONS));
    }
    sequence = new SobolSequenceGenerator(Math.max(1, dimensions));
    SplittableRandom random = new SplittableRandom(seed);
    shift = random.longs(dimensions).map(bits -> bits >>> (Long.SIZE - BITS)).toArray();
  }

  /** The next point; all coordinates lie strictly between 0 and 1. */
  double[] next() {
    double[] regular = sequence.nextVector();
    double[] shifted = new double[shift.length];
    for (int i = 0; i < shifted.length; i++) {
      long bits = (long) (regular[i] * 0x1p52) ^ shift[i];
      shifted[i] = (bits + 0.5) * 0x1p-52;
    }
    return shifted;
  }
}
