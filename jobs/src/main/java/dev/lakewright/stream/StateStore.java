package dev.lakewright.stream;

import dev.lakewright.errors.StorageException;
import dev.lakewright.registry.ObjectStore;
import java.util.List;
import java.util.Optional;

/**
 * A stream's states as files, one per micro-batch. Each is created by one atomic put-if-absent, so
 * that weights, optimizer and offset are there together or not at all.
 */
public final class StateStore {

  private static final String FOLDER = "states";
  private static final String SUFFIX = ".safetensors";

  /** States kept: the last one, and some before it for people to look at. */
  private static final int KEPT = 3;

  private final ObjectStore store;

  public StateStore(ObjectStore store) {
    this.store = store;
  }

  /** The number of the latest state's micro-batch; empty where there is none. */
  Optional<Long> latest() {
    List<Long> numbers = numbers();
    if (numbers.isEmpty()) {
      return store.exists(path(StreamState.START))
          ? Optional.of(newest(StreamState.START))
          : Optional.empty();
    }
    return Optional.of(newest(numbers.get(numbers.size() - 1)));
  }

  /** Listings may be late, names are not. */
  private long newest(long known) {
    long newest = known;
    while (store.exists(path(newest + 1))) {
      newest++;
    }
    return newest;
  }

  private List<Long> numbers() {
    return store.list(FOLDER).stream()
        .filter(name -> name.matches("\\d{10}\\.safetensors"))
        .map(name -> Long.parseLong(name.substring(0, 10)) - 1)
        .sorted()
        .toList();
  }

  byte[] read(long batch) {
    return store.read(path(batch));
  }

  /** The file of a state, for messages. */
  String name(long batch) {
    return store.root() + "/" + path(batch);
  }

  /**
   * Creates a state.
   *
   * @throws StorageException when another run has created it
   */
  void put(StreamState state) {
    if (!store.putIfAbsent(path(state.batch()), state.write())) {
      throw new StorageException(
          "another run learns the same stream: %s was there already; let only one run, then run the same command again"
              .formatted(name(state.batch())));
    }
  }

  /** Removes states before the last few. */
  void prune(long latest) {
    for (long number : numbers()) {
      if (number <= latest - KEPT) {
        store.delete(path(number));
      }
    }
  }

  /** Names begin with 0, for the state before the first micro-batch. */
  private static String path(long batch) {
    return "%s/%010d%s".formatted(FOLDER, batch + 1, SUFFIX);
  }
}
