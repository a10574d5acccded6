package dev.lakewright.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BottomSampleTest {

  @Property
  void keepsTheValuesOfTheSmallestKeys(
      @ForAll @Size(max = 60) List<@IntRange(min = -20, max = 20) Integer> keys) {
    double[] expected =
        keys.stream()
            .sorted(Comparator.naturalOrder())
            .limit(7)
            .mapToDouble(BottomSampleTest::value)
            .sorted()
            .toArray();

    assertThat(sample(keys).sorted()).isEqualTo(expected);
  }

  @Property
  void mergesToTheSameSampleHoweverParted(
      @ForAll @Size(max = 60) List<@IntRange(min = -20, max = 20) Integer> keys,
      @ForAll Random random) {
    List<Integer> shuffled = new ArrayList<>(keys);
    Collections.shuffle(shuffled, random);
    int cut = keys.isEmpty() ? 0 : random.nextInt(keys.size());
    BottomSample merged = sample(shuffled.subList(cut, shuffled.size()));
    merged.merge(sample(shuffled.subList(0, cut)));

    assertThat(merged.sorted()).isEqualTo(sample(keys).sorted());
  }

  private static BottomSample sample(List<Integer> keys) {
    BottomSample sample = new BottomSample(7);
    keys.forEach(key -> sample.add(key, value(key)));
    return sample;
  }

  private static double value(int key) {
    return key * 31 % 17;
  }
}
