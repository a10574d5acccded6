package dev.lakewright.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class DescendingOrderTest {

  @Property
  void keysFallAndEqualOnesKeepTheirOrder(
      @ForAll @Size(max = 40) double @DoubleRange(min = -3, max = 3) [] keys) {
    for (int i = 1; i < keys.length; i += 3) {
      keys[i] = keys[i - 1];
    }
    int[] expected =
        IntStream.range(0, keys.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer place) -> -keys[place] + 0.0))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] places = IntStream.range(0, keys.length).toArray();
    assertThat(DescendingOrder.of(places, keys)).containsExactly(expected);
  }

  @Property
  void bothZerosAreEqual(@ForAll @Size(max = 20) boolean[] negative) {
    double[] keys = new double[negative.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = negative[i] ? -0.0 : 0.0;
    }
    int[] places = IntStream.range(0, keys.length).toArray();
    assertThat(DescendingOrder.of(places.clone(), keys)).containsExactly(places);
  }
}
