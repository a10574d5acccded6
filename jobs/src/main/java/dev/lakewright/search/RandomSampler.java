package dev.lakewright.search;

import java.util.List;
import java.util.Map;

/** Independent draws, those of {@link SearchSpace#random(int, long)} without its repetitions. */
public final class RandomSampler implements Sampler {

  private final DrawnPoints points;

  public RandomSampler(SearchSpace space, long seed) {
    points = new DrawnPoints(i -> space.random(seed, i));
  }

  @Override
  public List<Map<String, Object>> ask(int most) {
    return points.ask(most);
  }

  @Override
  public void tell(Map<String, Object> point, double loss) {
    points.tell(point, loss);
  }
}
