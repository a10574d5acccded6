package dev.lakewright.search;

import dev.lakewright.errors.ConfigException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every point of a space of choices, in the order of {@link SearchSpace#grid()}. */
public final class GridSampler implements Sampler {

  private final Iterator<Map<String, Object>> rest;
  private final Set<Map<String, Object>> known = new HashSet<>();

  /**
   * @throws ConfigException if the space has a range or far too many points
   */
  public GridSampler(SearchSpace space) {
    rest = space.grid().iterator();
  }

  @Override
  public List<Map<String, Object>> ask(int most) {
    List<Map<String, Object>> points = new ArrayList<>();
    while (points.size() < most && rest.hasNext()) {
      Map<String, Object> point = rest.next();
      if (known.add(point)) {
        points.add(point);
      }
    }
    return points;
  }

  @Override
  public void tell(Map<String, Object> point, double loss) {
    known.add(point);
  }
}
