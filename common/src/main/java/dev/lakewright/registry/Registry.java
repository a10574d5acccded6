package dev.lakewright.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.StorageException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Models by name and version. A version's files are uploaded first, under a folder of their own;
 * the version is there once {@code manifest.json} is created, which one publisher alone can do.
 * Aliases are append-only histories whose last entry counts. Order comes from numbers, never from
 * clocks, and what counts is asked for by name, so that a store may list late.
 *
 * <pre>
 * NAME/versions/N/manifest.json              the version, created last, and never removed
 * NAME/versions/N/ATTEMPT/FILE               its files
 * NAME/versions/N/pins/MOVER-ALIAS-SEQUENCE  that this move of an alias was begun
 * NAME/removed/N.json                        that the version's files are not kept any longer
 * NAME/aliases/ALIAS/SEQUENCE.json           moves of an alias, created one after the other
 * </pre>
 */
public final class Registry {

  /** Safe as one step of a path. */
  static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

  private static final int MOST_RACES = 1000;

  private final ObjectStore store;
  private final Clock clock;
  private final Versions versions;
  private final Aliases aliases;

  public Registry(ObjectStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.versions = new Versions(store);
    this.aliases = new Aliases(store, versions);
  }

  /** Opens the registry at a path; see {@link ObjectStores#open}. */
  public static Registry open(String path, Map<String, String> settings) {
    return open(path, settings, false);
  }

  /**
   * Opens the registry at a path.
   *
   * @param singleWriter whether no two processes ever write at once
   */
  public static Registry open(String path, Map<String, String> settings, boolean singleWriter) {
    return new Registry(ObjectStores.open(path, settings, singleWriter), Clock.systemUTC());
  }

  /** Where the registry lies. */
  public String root() {
    return store.root();
  }

  /** Names of the models, ascending. */
  public List<String> names() {
    return store.list("").stream()
        .filter(name -> name.matches(NAME) && versions.latest(name) > 0)
        .toList();
  }

  /** Numbers of a model's versions, ascending, without those that were removed. */
  public List<Integer> versions(String name) {
    requireName("model name", name);
    return versions.present(name);
  }

  /**
   * Publishes the next version. Of several publishers at once each gets a number of its own.
   *
   * <p>When a number was lost, files are moved to the next one, and uploaded again only where their
   * contents depend on it.
   *
   * @param files gives the files' contents for a version number; called again when a number was
   *     lost to another publisher
   */
  public ModelVersion publish(String name, IntFunction<Map<String, byte[]>> files, JsonNode facts) {
    requireName("model name", name);
    String attempt = UUID.randomUUID().toString().substring(0, 8);
    Pauses pauses = new Pauses();
    Optional<ModelVersion> earlier = Optional.empty();
    int number = versions.latest(name) + 1;
    for (int race = 0; race < MOST_RACES; race++) {
      Map<String, byte[]> contents = files.apply(number);
      ModelVersion version = describe(name, number, attempt, contents, facts);
      if (tryToPublish(version, contents, earlier)) {
        return version;
      }
      earlier = Optional.of(version);
      pauses.after(race);
      number = Math.max(number, versions.latest(name)) + 1;
    }
    throw new StorageException(
        "%s/%s lost the race for a version %d times; try again"
            .formatted(store.root(), name, MOST_RACES));
  }

  private ModelVersion describe(
      String name, int number, String attempt, Map<String, byte[]> contents, JsonNode facts) {
    Map<String, ModelFile> files = new LinkedHashMap<>();
    contents.forEach(
        (file, content) -> {
          requireName("file name", file);
          files.put(file, ModelFile.of(content));
        });
    return new ModelVersion(
        name, number, attempt, now(), user(), files, Checksums.ofModel(files), facts);
  }

  /**
   * Publishes under a number.
   *
   * @param earlier what was uploaded under the number that was lost before
   * @return false when another publisher has the number
   */
  private boolean tryToPublish(
      ModelVersion version, Map<String, byte[]> contents, Optional<ModelVersion> earlier) {
    try {
      upload(version, contents, earlier);
    } catch (StorageException e) {
      if (versions.isPublished(version.name(), version.number())) {
        // what lies beside the version of the faster publisher may be removed at any time
        return false;
      }
      throw e;
    }
    FaultPoints.reach("publish.before-manifest");
    String manifest = Versions.manifest(version.name(), version.number());
    if (!store.putIfAbsent(manifest, Manifests.toJson(version))) {
      return false;
    }
    FaultPoints.reach("publish.after-manifest");
    return true;
  }

  /** Files that are the same as under the earlier number are moved, if they are still there. */
  private void upload(
      ModelVersion version, Map<String, byte[]> contents, Optional<ModelVersion> earlier) {
    FaultPoints.reach("publish.before-files");
    contents.forEach(
        (file, content) -> {
          boolean moved =
              earlier
                  .filter(other -> version.files().get(file).equals(other.files().get(file)))
                  .map(other -> store.move(other.path(file), version.path(file)))
                  .orElse(false);
          if (!moved) {
            store.write(version.path(file), content);
          }
          FaultPoints.reach("publish.between-files");
        });
  }

  /** The manifest of a version that exists, or existed. */
  public ModelVersion version(String name, int number) {
    return versions.read(name, number);
  }

  /**
   * The manifests of a model's versions, ascending, without those that are damaged.
   *
   * @param damage is told what is wrong with each of the others
   */
  public List<ModelVersion> readable(String name, Consumer<String> damage) {
    return versions(name).stream()
        .flatMap(number -> versions.readable(name, number, damage).stream())
        .toList();
  }

  /**
   * Numbers of a model's versions, of which there is one at least.
   *
   * @throws ConfigException when there is no such model
   */
  public List<Integer> existing(String name) {
    List<Integer> numbers = versions(name);
    if (numbers.isEmpty()) {
      throw unknownModel(name);
    }
    return numbers;
  }

  private ConfigException unknownModel(String name) {
    return new ConfigException(
        "no model %s in the registry %s; it holds %s"
            .formatted(name, store.root(), names().isEmpty() ? "none" : names()));
  }

  /**
   * Finds a version by number, by alias, or the latest.
   *
   * @param reference {@code 3}, {@code champion} or {@code latest}
   * @throws ConfigException when there is no such model, version or alias, telling which there are
   */
  public ModelVersion resolve(String name, String reference) {
    requireName("model name", name);
    if (reference.equals("latest")) {
      int latest = versions.latest(name);
      return latest > 0 ? version(name, latest) : refuse(name, reference);
    }
    if (reference.matches("\\d{1,9}")) {
      int number = Integer.parseInt(reference);
      return versions.isPublished(name, number) && !versions.isRemoved(name, number)
          ? version(name, number)
          : refuse(name, reference);
    }
    requireName("alias", reference);
    // a move to a version that gc would remove keeps its files: the alias is never left with
    // nothing
    return aliases
        .head(name, reference)
        .move()
        .map(move -> version(name, move.version()))
        .orElseGet(() -> refuse(name, reference));
  }

  private ModelVersion refuse(String name, String reference) {
    List<Integer> numbers = existing(name);
    if (!reference.matches("\\d{1,9}")) {
      throw new ConfigException(
          "model %s has no alias %s; its aliases are %s, its versions %s"
              .formatted(name, reference, aliases(name).keySet(), numbers));
    }
    throw new ConfigException(
        versions.isRemoved(name, Integer.parseInt(reference))
            ? "version %s of %s was removed by models gc; there is still %s"
                .formatted(reference, name, numbers)
            : "model %s has no version %s; it has %s".formatted(name, reference, numbers));
  }

  /**
   * A version with some of its files, each checked. A version that an alias has left and that is
   * removed while it is read, is given up for the one that the alias points to now.
   *
   * @throws StorageException when a file is not what was published
   */
  public LoadedVersion load(String name, String reference, List<String> files) {
    ModelVersion version = resolve(name, reference);
    while (true) {
      try {
        return new LoadedVersion(version, read(version, files));
      } catch (StorageException e) {
        ModelVersion now = resolve(name, reference);
        if (now.number() == version.number()) {
          throw e;
        }
        version = now;
      }
    }
  }

  /**
   * A file of a version.
   *
   * @throws StorageException when it is not what was published
   */
  public byte[] read(ModelVersion version, String file) {
    ModelFile expected = version.files().get(file);
    if (expected == null) {
      throw new StorageException(
          "version %d of %s has no file %s".formatted(version.number(), version.name(), file));
    }
    byte[] content = store.read(version.path(file));
    String found = Checksums.sha256(content);
    if (!found.equals(expected.sha256())) {
      throw new StorageException(
          "%s/%s is damaged: its SHA-256 is %s, not %s; restore the file or roll back with: lakewright models rollback %s"
              .formatted(
                  store.root(), version.path(file), found, expected.sha256(), version.name()));
    }
    return content;
  }

  /** Several files of a version, each checked. */
  public Map<String, byte[]> read(ModelVersion version, List<String> files) {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    files.forEach(file -> contents.put(file, read(version, file)));
    return contents;
  }

  /** What is wrong with a version: one line per file that is missing or changed. */
  public List<String> verify(String name, int number) {
    List<String> findings = new ArrayList<>();
    ModelVersion version;
    try {
      version = version(name, number);
    } catch (StorageException e) {
      return List.of(e.getMessage());
    }
    if (!version.checksum().equals(Checksums.ofModel(version.files()))) {
      findings.add(
          Manifests.damaged(
                  store.root() + "/" + Versions.manifest(name, number),
                  "it contradicts itself",
                  Manifests.CURE)
              .getMessage());
    }
    for (String file : version.files().keySet()) {
      try {
        read(version, file);
      } catch (StorageException e) {
        findings.add(e.getMessage());
      }
    }
    return findings;
  }

  /**
   * Where an alias points, if it was ever set.
   *
   * @throws ConfigException when no alias can be called so
   */
  public Optional<AliasMove> alias(String name, String alias) {
    requireName("model name", name);
    requireAlias(alias);
    return aliases.head(name, alias).move();
  }

  /** Every alias of a model with the version it points to. */
  public Map<String, Integer> aliases(String name) {
    requireName("model name", name);
    return aliases.heads(name);
  }

  /** Moves of an alias, the oldest first. */
  public List<AliasMove> history(String name, String alias) {
    requireName("model name", name);
    requireName("alias", alias);
    return aliases.history(name, alias);
  }

  /**
   * Points an alias to a version, unless it points there already.
   *
   * @throws StorageException when another move came first
   */
  public AliasMove promote(String name, String alias, int number, String reason) {
    requireAlias(alias);
    resolve(name, Integer.toString(number));
    return move(name, aliases.head(name, alias), number, reason);
  }

  /**
   * Points an alias to a version, if it points still to the one that this was decided against.
   *
   * @param expected version that the alias pointed to when its successor was judged; 0 for none
   * @throws StorageException when it points elsewhere by now
   */
  public AliasMove promoteAfter(
      int expected, String name, String alias, int number, String reason) {
    requireAlias(alias);
    resolve(name, Integer.toString(number));
    AliasHead head = aliases.head(name, alias);
    if (head.version() != expected) {
      throw Aliases.movedMeanwhile(name, alias, head.version());
    }
    return move(name, head, number, reason);
  }

  private AliasMove move(String name, AliasHead head, int number, String reason) {
    if (head.version() == number) {
      return head.move().orElseThrow();
    }
    AliasMove move = new AliasMove(number, head.version(), now(), user(), reason);
    aliases.append(name, head, move);
    return move;
  }

  /**
   * Points an alias back to the version it pointed to before; rolling back again goes further back.
   *
   * @throws ConfigException when it points to the first version that it ever pointed to
   */
  public AliasMove rollback(String name, String alias, String reason) {
    requireName("model name", name);
    requireName("alias", alias);
    AliasHead head = aliases.head(name, alias);
    if (head.move().isEmpty()) {
      throw new ConfigException(
          "model %s has no alias %s; its aliases are %s"
              .formatted(name, alias, aliases(name).keySet()));
    }
    int target = aliases.before(name, head);
    if (target == 0) {
      throw new ConfigException(
          "version %d is the first that alias %s of %s pointed to; there is nothing to roll back to; promote another with: lakewright models promote %s VERSION"
              .formatted(head.version(), alias, name, name));
    }
    resolve(name, Integer.toString(target));
    return move(name, head, target, reason);
  }

  /** What a retention policy would remove, and does when applied. */
  public Retention retention() {
    return new Retention(store, versions, aliases, this::now, user());
  }

  private String now() {
    return Instant.now(clock).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String user() {
    return System.getProperty("user.name", "unknown");
  }

  private static void requireAlias(String alias) {
    requireName("alias", alias);
    if (alias.equals("latest") || alias.matches("\\d+")) {
      throw new ConfigException(
          "an alias cannot be called %s, which means a version; take a word such as champion"
              .formatted(alias));
    }
  }

  private static void requireName(String what, String name) {
    if (!name.matches(NAME)) {
      throw new ConfigException(
          "a %s has letters, digits, '.', '_' and '-' and begins with a letter or digit, not '%s'"
              .formatted(what, name));
    }
  }
}
