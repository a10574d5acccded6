package dev.lakewright.tuning;

import dev.lakewright.features.FeatureBlock;
import dev.lakewright.sampling.Draws;
import dev.lakewright.sampling.OrderCut;
import dev.lakewright.sampling.OrderWindow;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import scala.Tuple2;

/**
 * Finds where the random orders of classes are cut such that exactly as many training rows as
 * wanted lie below. No row is sorted or moved: one job counts, for all cuts, the rows below where
 * each is expected, and brings the few thereabouts to the driver.
 */
final class RandomCuts {

  private static final double WIDER = 4;

  private final SpreadRows rows;
  private final SpreadTotals totals;
  private final FoldTask.Effort effort;
  private final double deviations;

  RandomCuts(SpreadRows rows, SpreadTotals totals, FoldTask.Effort effort) {
    this(rows, totals, effort, OrderWindow.DEVIATIONS);
  }

  /**
   * @param deviations standard deviations that cuts are looked for within, before it is looked
   *     wider
   */
  RandomCuts(SpreadRows rows, SpreadTotals totals, FoldTask.Effort effort, double deviations) {
    this.deviations = deviations;
    this.rows = rows;
    this.totals = totals;
    this.effort = effort;
  }

  /**
   * A cut.
   *
   * @param fold whose rows have no say
   * @param rank how many rows lie below, from 1
   * @param size rows of the class
   */
  record Wanted(int fold, int label, Draws draws, long rank, long size) implements Serializable {}

  /**
   * Where it is.
   *
   * @param weight of the rows below
   */
  record Found(OrderCut cut, double weight) {}

  /** The cuts, in the order of those wanted. */
  List<Found> find(List<Wanted> wanted) {
    Map<Integer, Found> found = new TreeMap<>();
    for (double within = deviations; found.size() < wanted.size(); within *= WIDER) {
      List<Asked> asked = new ArrayList<>();
      for (int place = 0; place < wanted.size(); place++) {
        if (!found.containsKey(place)) {
          asked.add(Asked.of(place, wanted.get(place), within));
        }
      }
      List<Seen> seen = seen(asked);
      for (int i = 0; i < asked.size(); i++) {
        int place = asked.get(i).place;
        seen.get(i).cut(asked.get(i)).ifPresent(cut -> found.put(place, cut));
      }
    }
    return List.copyOf(found.values());
  }

  /** Where a cut is expected. */
  private record Asked(int place, Wanted wanted, OrderWindow window) implements Serializable {

    static Asked of(int place, Wanted wanted, double deviations) {
      return new Asked(place, wanted, OrderWindow.around(wanted.rank, wanted.size, deviations));
    }
  }

  private List<Seen> seen(List<Asked> asked) {
    FoldTask.Effort trained = effort;
    Map<Integer, long[]> before = new HashMap<>();
    asked.forEach(each -> before.put(each.wanted.fold, totals.before(each.wanted.fold)));
    List<Tuple2<Integer, List<Seen>>> perPart =
        new ArrayList<>(
            rows.parts()
                .map(part -> new Tuple2<>(part.number(), look(part, asked, before, trained)))
                .collect());
    perPart.sort(Comparator.comparingInt(Tuple2::_1));
    List<Seen> all = asked.stream().map(each -> new Seen()).toList();
    perPart.forEach(
        part -> IntStream.range(0, all.size()).forEach(i -> all.get(i).add(part._2().get(i))));
    return all;
  }

  private static List<Seen> look(
      SpreadRows.Part part,
      List<Asked> asked,
      Map<Integer, long[]> before,
      FoldTask.Effort effort) {
    List<Seen> seen = asked.stream().map(each -> new Seen()).toList();
    before.forEach(
        (fold, numbers) -> {
          int[] which =
              IntStream.range(0, asked.size())
                  .filter(i -> asked.get(i).wanted.fold == fold)
                  .toArray();
          long number = numbers[part.number()];
          for (FeatureBlock block : part.blocks()) {
            for (int row = 0; row < block.rows(); row++) {
              if (block.trains(row, fold) && effort.trains(block.key(row))) {
                for (int i : which) {
                  seen.get(i).look(asked.get(i), number, block.label(row), block.weight(row));
                }
                number++;
              }
            }
          }
        });
    return seen;
  }

  /** What some rows tell of a cut. */
  private static final class Seen implements Serializable {

    private static final long serialVersionUID = 1L;

    private long below;
    private double weightBelow;
    private int inside;
    private long[] numbers = {};
    private float[] weights = {};

    void look(Asked asked, long number, int label, float weight) {
      if (label != asked.wanted.label) {
        return;
      }
      double order = asked.wanted.draws.order(number);
      if (order <= asked.window.low()) {
        below++;
        weightBelow += weight;
      } else if (order <= asked.window.high()) {
        reserve(1);
        numbers[inside] = number;
        weights[inside] = weight;
        inside++;
      }
    }

    private void reserve(int more) {
      if (inside + more > numbers.length) {
        int capacity = Math.max(inside + more, inside * 2);
        numbers = Arrays.copyOf(numbers, capacity);
        weights = Arrays.copyOf(weights, capacity);
      }
    }

    /** Adds what the rows that follow tell. */
    void add(Seen next) {
      below += next.below;
      weightBelow += next.weightBelow;
      reserve(next.inside);
      System.arraycopy(next.numbers, 0, numbers, inside, next.inside);
      System.arraycopy(next.weights, 0, weights, inside, next.inside);
      inside += next.inside;
    }

    /** The cut, if it lies where it is expected. */
    Optional<Found> cut(Asked asked) {
      long place = asked.wanted.rank - below - 1;
      if (place >= 0 && place < inside) {
        return Optional.of(behind(row((int) place, asked.wanted.draws), asked.wanted.draws));
      }
      if (asked.window.isAll()) {
        throw new IllegalStateException(
            "the counted rows changed between two passes: %d of a class are wanted, and %d found"
                .formatted(asked.wanted.rank, below + inside));
      }
      return Optional.empty();
    }

    private Found behind(long row, Draws draws) {
      OrderCut cut = OrderCut.behind(row, draws);
      double weight = weightBelow;
      for (int i = 0; i < inside; i++) {
        weight += cut.holds(numbers[i], draws) ? weights[i] : 0;
      }
      return new Found(cut, weight);
    }

    /** The row inside at a place of the random order; rows of equal order are in their own. */
    private long row(int place, Draws draws) {
      double[] orders =
          Arrays.stream(numbers, 0, inside).mapToDouble(draws::order).sorted().toArray();
      double order = orders[place];
      long lower = Arrays.stream(orders).filter(other -> other < order).count();
      return Arrays.stream(numbers, 0, inside)
          .filter(number -> draws.order(number) == order)
          .skip(place - lower)
          .findFirst()
          .orElseThrow();
    }
  }
}
