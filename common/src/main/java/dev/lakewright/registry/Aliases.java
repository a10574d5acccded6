package dev.lakewright.registry;

import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Histories of aliases. A move is a file that is named by its place in the history, so that of two
 * moves at once one comes first and the other fails: compare-and-set, without clocks.
 *
 * <p>A mover first pins the version, then looks whether it was removed; {@link Retention} first
 * marks a version as removed, then looks for pins and aliases. So one of the two sees the other,
 * and no alias is ever left with a version without files. Every mover has a pin of its own, so that
 * one who gives up leaves the others' in place. A pin ends with the move that it names, whoever
 * makes it; that of a killed mover therefore ends when the alias moves next.
 */
final class Aliases {

  /** Mover, alias and sequence, as older versions wrote them without mover; others are not ours. */
  private static final Pattern PIN_NAME =
      Pattern.compile("(?:[0-9a-f]{8}-)?(%s)-([1-9]\\d{0,7})".formatted(Registry.NAME));

  private static final byte[] PIN = "\n".getBytes(StandardCharsets.UTF_8);

  private final ObjectStore store;
  private final Versions versions;

  Aliases(ObjectStore store, Versions versions) {
    this.store = store;
    this.versions = versions;
  }

  /** The end of an alias's history. */
  AliasHead head(String name, String alias) {
    int sequence = length(name, alias);
    return new AliasHead(
        alias,
        sequence,
        sequence == 0 ? Optional.empty() : Optional.of(read(name, alias, sequence)));
  }

  /** Every alias with the version it points to. */
  Map<String, Integer> heads(String name) {
    Map<String, Integer> heads = new TreeMap<>();
    for (String alias : store.list(name + "/aliases")) {
      head(name, alias).move().ifPresent(move -> heads.put(alias, move.version()));
    }
    return heads;
  }

  /** Moves of an alias, the oldest first. */
  List<AliasMove> history(String name, String alias) {
    return IntStream.rangeClosed(1, length(name, alias))
        .mapToObj(sequence -> read(name, alias, sequence))
        .toList();
  }

  /** The version that was current when the alias's own was first promoted; 0 for none. */
  int before(String name, AliasHead head) {
    return history(name, head.alias()).stream()
        .filter(move -> move.version() == head.version())
        .findFirst()
        .map(AliasMove::previous)
        .orElse(0);
  }

  /**
   * Appends a move to the history that was read.
   *
   * @throws StorageException when another move came first
   * @throws ConfigException when the version was removed
   */
  void append(String name, AliasHead head, AliasMove move) {
    int sequence = head.sequence() + 1;
    String mover = UUID.randomUUID().toString().substring(0, 8);
    String pin = "%s/%s-%s-%d".formatted(pins(name, move.version()), mover, head.alias(), sequence);
    store.write(pin, PIN);
    FaultPoints.reach("promote.after-pin");
    if (versions.isRemoved(name, move.version())) {
      unpin(pin);
      throw new ConfigException(
          "version %d of %s was removed by models gc; promote another one"
              .formatted(move.version(), name));
    }
    FaultPoints.reach("promote.before-move");
    // when this throws, the move may yet be there: the pin stays
    boolean moved = store.putIfAbsent(path(name, head.alias(), sequence), Manifests.toJson(move));
    FaultPoints.reach("promote.after-move");
    unpin(pin);
    if (!moved) {
      throw movedMeanwhile(name, head.alias(), read(name, head.alias(), sequence).version());
    }
  }

  private void unpin(String pin) {
    try {
      store.delete(pin);
    } catch (StorageException e) {
      // what became of the move is decided; a pin that stays ends with the move that it names
      return;
    }
  }

  static StorageException movedMeanwhile(String name, String alias, int version) {
    return new StorageException(
        "alias %s of %s was moved to version %d meanwhile; look with: lakewright models show %s, then try again"
            .formatted(alias, name, version, name));
  }

  /** Whether a move to a version was begun that may still happen. */
  boolean isPinned(String name, int version) {
    return store.list(pins(name, version)).stream()
        .map(PIN_NAME::matcher)
        .filter(Matcher::matches)
        .anyMatch(pin -> !store.exists(path(name, pin.group(1), Integer.parseInt(pin.group(2)))));
  }

  /** Folder of the moves to a version that were begun. */
  private static String pins(String name, int version) {
    return Versions.folder(name, version) + "/" + Retention.PINS;
  }

  private int length(String name, String alias) {
    int length =
        store.list(name + "/aliases/" + alias).stream()
            .filter(file -> file.matches("\\d{8}\\.json"))
            .mapToInt(file -> Integer.parseInt(file.substring(0, 8)))
            .max()
            .orElse(0);
    // a store may list late
    while (store.exists(path(name, alias, length + 1))) {
      length++;
    }
    return length;
  }

  private AliasMove read(String name, String alias, int sequence) {
    String path = path(name, alias, sequence);
    return Manifests.move(store.root() + "/" + path, store.read(path));
  }

  private static String path(String name, String alias, int sequence) {
    return "%s/aliases/%s/%08d.json".formatted(name, alias, sequence);
  }
}
