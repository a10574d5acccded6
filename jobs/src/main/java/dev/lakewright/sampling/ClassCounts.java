package dev.lakewright.sampling;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows per class.
 *
 * @param names of the classes, by label
 * @param counts by label
 */
@SuppressWarnings("ArrayRecordComponent")
public record ClassCounts(List<String> names, long[] counts) {

  /** Number of classes, those without rows too. */
  public int classes() {
    return counts.length;
  }

  /** Rows of a class. */
  public long count(int label) {
    return counts[label];
  }

  /** Rows of all classes. */
  public long rows() {
    return Arrays.stream(counts).sum();
  }

  /** Whether no class has become empty, or smaller than the smallest was. */
  public boolean isOrderKept(ClassCounts after) {
    int smallest = smallest();
    return Arrays.stream(present())
        .allMatch(
            label ->
                after.count(label) > 0
                    && (label == smallest || after.count(label) >= count(smallest)));
  }

  /** Labels of the classes that have rows. */
  public int[] present() {
    return IntStream.range(0, classes()).filter(label -> counts[label] > 0).toArray();
  }

  /** The class of fewest rows among those that have some, of equal ones the first. */
  public int smallest() {
    int[] present = present();
    int smallest = present[0];
    for (int label : present) {
      smallest = counts[label] < counts[smallest] ? label : smallest;
    }
    return smallest;
  }

  /** The class of most rows, of equal ones the first. */
  public int largest() {
    int[] present = present();
    int largest = present[0];
    for (int label : present) {
      largest = counts[label] > counts[largest] ? label : largest;
    }
    return largest;
  }
}
