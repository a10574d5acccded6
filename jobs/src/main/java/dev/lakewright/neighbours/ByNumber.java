package dev.lakewright.neighbours;

import org.apache.spark.Partitioner;

/** Partition i is what is numbered i. */
public final class ByNumber extends Partitioner {

  private static final long serialVersionUID = 1L;

  private final int count;

  /** For numbers below {@code count}. */
  public ByNumber(int count) {
    this.count = count;
  }

  @Override
  public int numPartitions() {
    return count;
  }

  @Override
  public int getPartition(Object number) {
    return (Integer) number;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByNumber that && that.count == count;
  }

  @Override
  public int hashCode() {
    return count;
  }
}
