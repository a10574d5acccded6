package dev.lakewright.search;

import java.util.List;
import java.util.Map;

/**
 * Chooses the points of a search space to try, one after the other.
 *
 * <p>Laws of every sampler: the points depend on nothing but the seed, the space and the sequence
 * of calls; asking twice for two points without telling between gives the points of asking once for
 * four; no point that was asked or told is asked again; a point holds only keys whose conditions
 * hold, in the order of the space. Not safe for use by several threads at once.
 */
public interface Sampler {

  /**
   * Up to {@code most} further points; fewer when results must be told first; empty when the space
   * is exhausted.
   */
  List<Map<String, Object>> ask(int most);

  /**
   * What a point reached; loss: lower is better, NaN for a failed trial. Points of earlier sweeps
   * may be told before the first ask; such as do not fit the space teach nothing.
   */
  void tell(Map<String, Object> point, double loss);
}
