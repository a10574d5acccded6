package dev.lakewright.search;

import java.util.List;
import java.util.Map;

/** Points that fill the space more evenly than random ones: a {@link ShiftedSobol} sequence. */
public final class QuasiRandomSampler implements Sampler {

  private final DrawnPoints points;

  public QuasiRandomSampler(SearchSpace space, long seed) {
    ShiftedSobol sequence = new ShiftedSobol(space.size(), seed);
    points = new DrawnPoints(i -> space.decode(sequence.next()));
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
