package dev.lakewright.ensemble;

import dev.lakewright.config.EnsembleConfig;
import dev.lakewright.config.EnsembleConfig.Replacement;
import dev.lakewright.sampling.Draws;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Which rows a member sees, by their numbers and classes: of no class more than {@code ratio} times
 * the rows of the smallest class. Without replacement they are the first of the class in a random
 * order; with replacement each draw names a row by its place within the class.
 *
 * @param draws of this member
 * @param sizes rows per class
 * @param counts draws per class
 * @param repeats per class whether a row may be drawn again
 */
@SuppressWarnings("ArrayRecordComponent")
public record MemberDraws(Draws draws, long[] sizes, long[] counts, boolean[] repeats)
    implements Serializable {

  /**
   * @param sizes rows per class, at least one row in all
   */
  public static MemberDraws of(EnsembleConfig config, long[] sizes, int member) {
    long smallest = Arrays.stream(sizes).filter(size -> size > 0).min().orElseThrow();
    long most = Math.max(1, Math.round(smallest * config.ratio()));
    long[] counts = Arrays.stream(sizes).map(size -> Math.min(size, most)).toArray();
    boolean[] repeats = new boolean[sizes.length];
    for (int label = 0; label < sizes.length; label++) {
      repeats[label] =
          config.drawing() == Replacement.ALL
              || (config.drawing() == Replacement.OTHERS && sizes[label] > most);
    }
    return new MemberDraws(new Draws(config.seed()).stream(member), sizes, counts, repeats);
  }

  /** Whether some rows of a class are drawn, each once at most. */
  public boolean isCut(int label) {
    return !repeats[label] && counts[label] < sizes[label];
  }

  /** The place within a class, from 0, that one of its draws names, where they repeat. */
  public long place(int label, int draw) {
    return draws.below(sizes[label], Draws.Use.PLACE, draw, label);
  }
}
