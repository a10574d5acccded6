package dev.lakewright.registry;

import dev.lakewright.errors.StorageException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Which numbers of a model are published or removed. */
final class Versions {

  private final ObjectStore store;

  Versions(ObjectStore store) {
    this.store = store;
  }

  static String folder(String name, int number) {
    return name + "/versions/" + number;
  }

  static String manifest(String name, int number) {
    return folder(name, number) + "/manifest.json";
  }

  static String removal(String name, int number) {
    return removals(name) + "/" + number + ".json";
  }

  private static String removals(String name) {
    return name + "/removed";
  }

  boolean isPublished(String name, int number) {
    return store.exists(manifest(name, number));
  }

  /** Whether the files of a version are not kept; they may still be there for a while. */
  boolean isRemoved(String name, int number) {
    return store.exists(removal(name, number));
  }

  /**
   * A version's manifest.
   *
   * @throws StorageException when it is damaged or missing
   */
  ModelVersion read(String name, int number) {
    String path = manifest(name, number);
    return Manifests.version(store.root() + "/" + path, name, number, store.read(path));
  }

  /**
   * A version's manifest, unless it is damaged or missing.
   *
   * @param damage is told what is wrong with it
   * @throws StorageException when the store cannot be read
   */
  Optional<ModelVersion> readable(String name, int number, Consumer<String> damage) {
    String path = manifest(name, number);
    if (!store.exists(path)) {
      damage.accept("%s/%s is missing; %s".formatted(store.root(), path, Manifests.CURE));
      return Optional.empty();
    }
    byte[] content = store.read(path);
    try {
      return Optional.of(Manifests.version(store.root() + "/" + path, name, number, content));
    } catch (StorageException e) {
      damage.accept(e.getMessage());
      return Optional.empty();
    }
  }

  /** The highest published number; 0 for none. */
  int latest(String name) {
    int latest =
        listed(name).stream()
            .sorted(Comparator.reverseOrder())
            .filter(number -> isPublished(name, number))
            .findFirst()
            .orElse(0);
    // numbers have no gaps, and a store may list late
    while (isPublished(name, latest + 1)) {
      latest++;
    }
    return latest;
  }

  /** Numbers that were published, ascending, removed ones too. */
  List<Integer> published(String name) {
    int latest = latest(name);
    TreeSet<Integer> numbers = new TreeSet<>(listed(name));
    if (latest > 0) {
      numbers.add(latest);
    }
    // beyond the latest lie uploads that are not finished
    return List.copyOf(numbers.headSet(latest, true));
  }

  /** Numbers that were published and not removed, ascending. */
  List<Integer> present(String name) {
    Set<String> removed = Set.copyOf(store.list(removals(name)));
    return published(name).stream().filter(number -> !removed.contains(number + ".json")).toList();
  }

  private List<Integer> listed(String name) {
    return store.list(name + "/versions").stream()
        .filter(number -> number.matches("[1-9]\\d{0,8}"))
        .map(Integer::valueOf)
        .sorted()
        .toList();
  }
}
