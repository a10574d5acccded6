package dev.lakewright.linear;

import java.util.Optional;

/** Where a training keeps how far it is, so that it can go on after its process has died. */
public interface Checkpoint {

  /** What was kept last. */
  Optional<Progress> last();

  /**
   * Whether it is time to keep how far the training is, and there is room.
   *
   * @param numbers that would be kept
   */
  boolean isDue(long numbers);

  /** Keeps how far the training is. */
  void keep(Progress progress);
}
