package dev.lakewright.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * Removes files of old versions, beside publishers, movers of aliases, readers and others like
 * itself. A version's manifest stays: it tells where a model came from, and its number is never
 * given again. Killed at any moment, the next run goes on.
 *
 * <p>Removed are also the files of publishers who died or lost a race. They lie beside a manifest
 * that names other files, so that they can never become a version.
 */
public final class Retention {

  static final String PINS = "pins";

  /** What stays of every version. */
  private static final Set<String> RECORDS = Set.of("manifest.json", PINS);

  private final ObjectStore store;
  private final Versions versions;
  private final Aliases aliases;
  private final Supplier<String> now;
  private final String user;

  Retention(
      ObjectStore store, Versions versions, Aliases aliases, Supplier<String> now, String user) {
    this.store = store;
    this.versions = versions;
    this.aliases = aliases;
    this.now = now;
    this.user = user;
  }

  /**
   * What goes when the newest versions are kept, and those that aliases point to or would roll back
   * to.
   *
   * @param keep how many of the newest versions stay, at least 1
   */
  public RetentionPlan plan(String name, int keep) {
    if (keep < 1) {
      throw new IllegalArgumentException("keep must be at least 1, not " + keep);
    }
    List<Integer> published = versions.published(name);
    Map<Integer, String> aliased = aliased(name);
    Set<Integer> kept = new TreeSet<>();
    List<Integer> removed = new ArrayList<>();
    List<Integer> present = versions.present(name);
    kept.addAll(present.subList(Math.max(0, present.size() - keep), present.size()));
    kept.addAll(aliased.keySet());
    for (int number : published) {
      if (!kept.contains(number) && holdsFiles(name, number)) {
        removed.add(number);
      }
    }
    return new RetentionPlan(name, List.copyOf(kept), removed, aliased);
  }

  /** Versions that aliases point to or would roll back to, with the alias. */
  private Map<Integer, String> aliased(String name) {
    Map<Integer, String> aliased = new TreeMap<>();
    for (String alias : store.list(name + "/aliases")) {
      AliasHead head = aliases.head(name, alias);
      if (head.version() > 0) {
        aliased.put(head.version(), alias);
        int before = aliases.before(name, head);
        if (before > 0 && !versions.isRemoved(name, before)) {
          aliased.putIfAbsent(before, alias);
        }
      }
    }
    return aliased;
  }

  private boolean holdsFiles(String name, int number) {
    return !RECORDS.containsAll(store.list(Versions.folder(name, number)));
  }

  /** What {@link #apply} would remove now; removes nothing. */
  public RetentionResult preview(RetentionPlan plan) {
    return result(plan, number -> !isWanted(plan.name(), number), leftover -> {});
  }

  /** Removes what a plan says, except what an alias has been moved to since. */
  public RetentionResult apply(RetentionPlan plan) {
    return result(plan, number -> remove(plan.name(), number), store::delete);
  }

  /**
   * Goes through a plan.
   *
   * @param remove whether a version was removed
   * @param removeLeftover takes the path of a folder
   */
  private RetentionResult result(
      RetentionPlan plan, IntPredicate remove, Consumer<String> removeLeftover) {
    String name = plan.name();
    List<String> damaged = new ArrayList<>();
    List<Integer> removed = new ArrayList<>();
    List<Integer> deferred = new ArrayList<>();
    long bytes = 0;
    for (int number : plan.removed()) {
      if (remove.test(number)) {
        removed.add(number);
        bytes += versions.readable(name, number, damaged::add).map(Retention::bytes).orElse(0L);
      } else {
        deferred.add(number);
      }
    }
    int leftovers = 0;
    for (int number : plan.kept()) {
      List<String> folders =
          versions
              .readable(name, number, damaged::add)
              .map(this::leftovers)
              // whose files are the version's nobody knows
              .orElse(List.of());
      folders.forEach(removeLeftover);
      leftovers += folders.size();
    }
    return new RetentionResult(removed, deferred, leftovers, bytes, damaged);
  }

  private static long bytes(ModelVersion version) {
    return version.files().values().stream().mapToLong(ModelFile::bytes).sum();
  }

  private boolean remove(String name, int number) {
    if (isWanted(name, number)) {
      return false;
    }
    FaultPoints.reach("gc.before-mark");
    store.putIfAbsent(Versions.removal(name, number), Manifests.removal(now.get(), user));
    FaultPoints.reach("gc.after-mark");
    if (isWanted(name, number)) {
      return false;
    }
    for (String entry : store.list(Versions.folder(name, number))) {
      if (!RECORDS.contains(entry)) {
        store.delete(Versions.folder(name, number) + "/" + entry);
        FaultPoints.reach("gc.between-files");
      }
    }
    return true;
  }

  /** In this order, since a move ends its pin after it has happened. */
  private boolean isWanted(String name, int number) {
    return aliases.isPinned(name, number) || aliases.heads(name).containsValue(number);
  }

  /** What lies in a version's folder and is not of it. */
  private List<String> leftovers(ModelVersion version) {
    String folder = Versions.folder(version.name(), version.number());
    return store.list(folder).stream()
        .filter(entry -> !RECORDS.contains(entry) && !entry.equals(version.attempt()))
        .map(entry -> folder + "/" + entry)
        .toList();
  }
}
