package dev.lakewright.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

/** Asks the points of a fixed sequence that were neither asked nor told before. */
final class DrawnPoints implements Sampler {

  /** As many known points in a row are taken for the end of the space. */
  static final int MOST_REPEATS = 10_000;

  private final LongFunction<Map<String, Object>> draws;
  private final Set<Map<String, Object>> known = new HashSet<>();
  private long next;

  DrawnPoints(LongFunction<Map<String, Object>> draws) {
    this.draws = draws;
  }

  @Override
  public List<Map<String, Object>> ask(int most) {
    List<Map<String, Object>> points = new ArrayList<>();
    int repeats = 0;
    while (points.size() < most && repeats < MOST_REPEATS) {
      Map<String, Object> point = draws.apply(next++);
      if (known.add(point)) {
        points.add(point);
        repeats = 0;
      } else {
        repeats++;
      }
    }
    return points;
  }

  @Override
  public void tell(Map<String, Object> point, double loss) {
    known.add(point);
  }
}
