package dev.lakewright.registry;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * A store of a process that is killed in the middle of one of its operations: before it, after it,
 * or, where it is not atomic, half way. From then on the process does nothing, in no {@code
 * finally} either.
 */
public final class DyingStore implements ObjectStore {

  /** The process is no more. */
  public static final class Killed extends Error {}

  private final ObjectStore store;
  private final SplittableRandom random;
  private int left;
  private int done;

  /**
   * @param operations how many succeed before the one in which the process dies
   */
  public DyingStore(ObjectStore store, int operations, SplittableRandom random) {
    this.store = store;
    this.left = operations;
    this.random = random;
  }

  /** How many operations were done to their end. */
  public int done() {
    return done;
  }

  private <T> T live(Supplier<T> operation, Runnable half) {
    if (left < 0) {
      throw new Killed();
    }
    if (left-- > 0) {
      done++;
      return operation.get();
    }
    switch (random.nextInt(3)) {
      case 0 -> half.run();
      case 1 -> {
        // it has happened, and nobody is told
        var unused = operation.get();
      }
      default -> {
        // before anything has happened
      }
    }
    throw new Killed();
  }

  private <T> T live(Supplier<T> operation) {
    return live(operation, () -> {});
  }

  @Override
  public String root() {
    return store.root();
  }

  @Override
  public byte[] read(String path) {
    return live(() -> store.read(path));
  }

  @Override
  public boolean exists(String path) {
    return live(() -> store.exists(path));
  }

  @Override
  public void write(String path, byte[] content) {
    live(
        () -> {
          store.write(path, content);
          return true;
        },
        () -> store.write(path, Arrays.copyOf(content, content.length / 2)));
  }

  @Override
  public boolean move(String from, String to) {
    return live(() -> store.move(from, to));
  }

  @Override
  public boolean putIfAbsent(String path, byte[] content) {
    return live(() -> store.putIfAbsent(path, content));
  }

  @Override
  public List<String> list(String folder) {
    return live(() -> store.list(folder));
  }

  @Override
  public void delete(String path) {
    live(
        () -> {
          store.delete(path);
          return true;
        },
        () -> store.list(path).stream().limit(1).forEach(name -> store.delete(path + "/" + name)));
  }
}
