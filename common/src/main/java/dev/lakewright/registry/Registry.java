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
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * Models by name and version. A version's files are uploaded first, under a folder of their own;
 * the version is there once {@code manifest.json} is created, which one publisher alone can do.
 * Aliases are append-only histories whose last entry counts.
 *
 * <pre>
 * NAME/versions/N/manifest.json   the version, created last
 * NAME/versions/N/ATTEMPT/FILE    its files
 * NAME/aliases/ALIAS/SEQUENCE.json  moves of an alias, created one after the other
 * </pre>
 */
public final class Registry {

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";
  private static final int MOST_ATTEMPTS = 1000;

  private final ObjectStore store;
  private final Clock clock;

  public Registry(ObjectStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Opens the registry at a path; see {@link ObjectStores#open}. */
  public static Registry open(String path, Map<String, String> settings) {
    return new Registry(ObjectStores.open(path, settings), Clock.systemUTC());
  }

  /** Where the registry lies. */
  public String root() {
    return store.root();
  }

  /** Names of the models, ascending. */
  public List<String> names() {
    return store.list("").stream().filter(name -> name.matches(NAME) && latest(name) > 0).toList();
  }

  /** Numbers of a model's versions, ascending. */
  public List<Integer> versions(String name) {
    requireName("model name", name);
    return store.list(name + "/versions").stream()
        .filter(number -> number.matches("[1-9]\\d{0,8}"))
        .map(Integer::valueOf)
        .sorted()
        .filter(number -> store.list(name + "/versions/" + number).contains("manifest.json"))
        .toList();
  }

  private int latest(String name) {
    List<Integer> versions = versions(name);
    return versions.isEmpty() ? 0 : versions.get(versions.size() - 1);
  }

  /**
   * Publishes the next version. Of several publishers at once each gets a number of its own.
   *
   * @param files gives the files' contents for a version number; called again when a number was
   *     lost to another publisher
   */
  public ModelVersion publish(String name, IntFunction<Map<String, byte[]>> files, JsonNode facts) {
    requireName("model name", name);
    int number = latest(name) + 1;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      ModelVersion version = upload(name, number, files.apply(number), facts);
      FaultPoints.reach("publish.before-manifest");
      if (store.putIfAbsent(manifest(name, number), Manifests.toJson(version))) {
        FaultPoints.reach("publish.after-manifest");
        return version;
      }
      number = Math.max(number, latest(name)) + 1;
    }
    throw new StorageException(
        "%s/%s lost the race for a version %d times; try again"
            .formatted(store.root(), name, MOST_ATTEMPTS));
  }

  private ModelVersion upload(
      String name, int number, Map<String, byte[]> contents, JsonNode facts) {
    Map<String, ModelFile> files = new LinkedHashMap<>();
    contents.forEach((file, content) -> files.put(file, ModelFile.of(content)));
    ModelVersion version =
        new ModelVersion(
            name,
            number,
            UUID.randomUUID().toString().substring(0, 8),
            now(),
            System.getProperty("user.name", "unknown"),
            files,
            Checksums.ofModel(files),
            facts);
    FaultPoints.reach("publish.before-files");
    contents.forEach(
        (file, content) -> {
          requireName("file name", file);
          store.write(version.path(file), content);
          FaultPoints.reach("publish.between-files");
        });
    return version;
  }

  /** The manifest of a version that exists. */
  public ModelVersion version(String name, int number) {
    String path = manifest(name, number);
    return Manifests.version(store.root() + "/" + path, store.read(path));
  }

  /**
   * Finds a version by number, by alias, or the latest.
   *
   * @param reference {@code 3}, {@code champion} or {@code latest}
   * @throws ConfigException when there is no such model, version or alias, telling which there are
   */
  public ModelVersion resolve(String name, String reference) {
    List<Integer> versions = versions(name);
    if (versions.isEmpty()) {
      throw new ConfigException(
          "no model %s in the registry %s; it holds %s"
              .formatted(name, store.root(), names().isEmpty() ? "none" : names()));
    }
    if (reference.equals("latest")) {
      return version(name, versions.get(versions.size() - 1));
    }
    if (reference.matches("\\d{1,9}")) {
      int number = Integer.parseInt(reference);
      if (!versions.contains(number)) {
        throw new ConfigException(
            "model %s has no version %d; it has %s".formatted(name, number, versions));
      }
      return version(name, number);
    }
    return alias(name, reference)
        .map(move -> version(name, move.version()))
        .orElseThrow(
            () ->
                new ConfigException(
                    "model %s has no alias %s; its aliases are %s, its versions %s"
                        .formatted(name, reference, aliases(name).keySet(), versions)));
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
    if (!version.name().equals(name)
        || version.number() != number
        || !version.checksum().equals(Checksums.ofModel(version.files()))) {
      findings.add(
          store.root() + "/" + manifest(name, number) + " is damaged: it contradicts itself");
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

  /** Where an alias points, if it was ever set. */
  public Optional<AliasMove> alias(String name, String alias) {
    List<AliasMove> history = history(name, alias);
    return history.isEmpty() ? Optional.empty() : Optional.of(history.get(history.size() - 1));
  }

  /** Every alias of a model with the version it points to. */
  public Map<String, Integer> aliases(String name) {
    Map<String, Integer> aliases = new TreeMap<>();
    for (String alias : store.list(name + "/aliases")) {
      alias(name, alias).ifPresent(move -> aliases.put(alias, move.version()));
    }
    return aliases;
  }

  /** Moves of an alias, the oldest first. */
  public List<AliasMove> history(String name, String alias) {
    requireName("model name", name);
    requireName("alias", alias);
    return moves(name, alias).stream()
        .map(path -> Manifests.move(store.root() + "/" + path, store.read(path)))
        .toList();
  }

  private List<String> moves(String name, String alias) {
    String folder = name + "/aliases/" + alias;
    return store.list(folder).stream()
        .filter(file -> file.matches("\\d{8}\\.json"))
        .map(file -> folder + "/" + file)
        .toList();
  }

  /**
   * Points an alias to a version, unless it points there already.
   *
   * @throws StorageException when another move came first
   */
  public AliasMove promote(String name, String alias, int number, String reason) {
    resolve(name, Integer.toString(number));
    Optional<AliasMove> current = alias(name, alias);
    if (current.isPresent() && current.get().version() == number) {
      return current.get();
    }
    AliasMove move =
        new AliasMove(
            number,
            current.map(AliasMove::version).orElse(0),
            now(),
            System.getProperty("user.name", "unknown"),
            reason);
    String path = "%s/aliases/%s/%08d.json".formatted(name, alias, moves(name, alias).size() + 1);
    FaultPoints.reach("promote.before-move");
    if (!store.putIfAbsent(path, Manifests.toJson(move))) {
      throw new StorageException(
          "alias %s of %s was moved to version %d meanwhile; look with: lakewright models show %s, then try again"
              .formatted(alias, name, Manifests.move(path, store.read(path)).version(), name));
    }
    return move;
  }

  /**
   * Points an alias back to the version it pointed to before; rolling back again goes further back.
   *
   * @throws ConfigException when it never pointed elsewhere
   */
  public AliasMove rollback(String name, String alias, String reason) {
    AliasMove current =
        alias(name, alias)
            .orElseThrow(
                () ->
                    new ConfigException(
                        "model %s has no alias %s; its aliases are %s"
                            .formatted(name, alias, aliases(name).keySet())));
    int target = before(history(name, alias), current.version());
    if (target == 0) {
      throw new ConfigException(
          "alias %s of %s has pointed to version %d only; there is nothing to roll back to"
              .formatted(alias, name, current.version()));
    }
    return promote(name, alias, target, reason);
  }

  /** The version that was current when this one was first promoted. */
  private static int before(List<AliasMove> history, int version) {
    return history.stream()
        .filter(move -> move.version() == version)
        .findFirst()
        .map(AliasMove::previous)
        .orElse(0);
  }

  private String manifest(String name, int number) {
    return name + "/versions/" + number + "/manifest.json";
  }

  private String now() {
    return Instant.now(clock).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static void requireName(String what, String name) {
    if (!name.matches(NAME)) {
      throw new ConfigException(
          "a %s has letters, digits, '.', '_' and '-' and begins with a letter or digit, not '%s'"
              .formatted(what, name));
    }
  }
}
