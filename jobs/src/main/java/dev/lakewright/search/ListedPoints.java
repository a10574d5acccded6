package dev.lakewright.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Points that somebody listed, each once, in their order. */
public final class ListedPoints implements Sampler {

  private final Set<Map<String, Object>> points;
  private final Iterator<Map<String, Object>> rest;
  private final Set<Map<String, Object>> told = new HashSet<>();

  public ListedPoints(List<Map<String, Object>> points) {
    this.points = new LinkedHashSet<>(points);
    this.rest = this.points.iterator();
  }

  /** How many different ones there are. */
  public int size() {
    return points.size();
  }

  @Override
  public List<Map<String, Object>> ask(int most) {
    List<Map<String, Object>> asked = new ArrayList<>();
    while (asked.size() < most && rest.hasNext()) {
      Map<String, Object> point = rest.next();
      if (!told.contains(point)) {
        asked.add(point);
      }
    }
    return asked;
  }

  @Override
  public void tell(Map<String, Object> point, double loss) {
    told.add(point);
  }
}
