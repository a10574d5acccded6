package dev.lakewright.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTest {

  @TempDir Path folder;

  private Registry registry() {
    return new Registry(
        ObjectStores.open(folder.toString(), Map.of()),
        Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC));
  }

  static Map<String, byte[]> files(String content) {
    return Map.of(
        "model.json", ("{\"content\": \"" + content + "\"}").getBytes(StandardCharsets.UTF_8),
        "weights.safetensors", content.repeat(20).getBytes(StandardCharsets.UTF_8),
        "report.html", "<html></html>".getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode facts(String fingerprint) {
    return JsonNodeFactory.instance.objectNode().put("fingerprint", fingerprint);
  }

  private static ModelVersion publish(Registry registry, String content) {
    return registry.publish("spam", number -> files(content), facts(content));
  }

  @Test
  void versionsCountUpAndKeepTheirFiles() {
    Registry registry = registry();
    assertThat(publish(registry, "one").number()).isEqualTo(1);
    assertThat(publish(registry, "two").number()).isEqualTo(2);

    assertThat(registry.names()).containsExactly("spam");
    assertThat(registry.versions("spam")).containsExactly(1, 2);
    ModelVersion first = registry.resolve("spam", "1");
    assertThat(registry.read(first, "model.json")).isEqualTo(files("one").get("model.json"));
    assertThat(first.facts().path("fingerprint").asText()).isEqualTo("one");
    assertThat(first.createdAt()).isEqualTo("2026-11-23T10:00:00Z");
    assertThat(registry.resolve("spam", "latest").number()).isEqualTo(2);
  }

  @Test
  void checksumIsOfTheModelAndNotOfItsReport() {
    Registry registry = registry();
    ModelVersion one = publish(registry, "same");
    ModelVersion two =
        registry.publish(
            "spam",
            number -> {
              Map<String, byte[]> files = new HashMap<>(files("same"));
              files.put("report.html", new byte[] {1});
              return files;
            },
            facts("x"));
    assertThat(two.checksum()).isEqualTo(one.checksum());
    assertThat(publish(registry, "other").checksum()).isNotEqualTo(one.checksum());
  }

  @Test
  void aliasesMoveAndRollBackWithTheirHistory() {
    Registry registry = registry();
    IntStream.rangeClosed(1, 3).forEach(i -> publish(registry, "v" + i));
    registry.promote("spam", "champion", 1, "first");
    registry.promote("spam", "champion", 3, "better");

    assertThat(registry.resolve("spam", "champion").number()).isEqualTo(3);
    assertThat(registry.rollback("spam", "champion", "worse after all").version()).isEqualTo(1);
    assertThat(registry.history("spam", "champion"))
        .extracting(AliasMove::version, AliasMove::previous)
        .containsExactly(tuple(1, 0), tuple(3, 1), tuple(1, 3));
    assertThatThrownBy(() -> registry.rollback("spam", "champion", ""))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("there is nothing to roll back to");
  }

  @Test
  void rollbackFromTheFirstVersionTellsThatItIs() {
    Registry registry = registry();
    publish(registry, "one");
    publish(registry, "two");
    for (int number : List.of(1, 2, 1)) {
      registry.promote("spam", "champion", number, "");
    }
    assertThatThrownBy(() -> registry.rollback("spam", "champion", ""))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "version 1 is the first that alias champion of spam pointed to; there is nothing to roll back to; promote another with: lakewright models promote spam VERSION");
  }

  @Test
  void promotingTheSameVersionAgainAddsNoMove() {
    Registry registry = registry();
    publish(registry, "one");
    registry.promote("spam", "champion", 1, "first");
    registry.promote("spam", "champion", 1, "again");
    assertThat(registry.history("spam", "champion")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a/b", "", ".hidden", "a b", "../../etc"})
  void namesThatCouldLeaveTheRegistryAreRefused(String name) {
    assertThatThrownBy(() -> registry().publish(name, number -> files("x"), facts("x")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("begins with a letter or digit, not '" + name + "'");
  }

  @Test
  void unknownModelVersionAndAliasTellWhatThereIs() {
    Registry registry = registry();
    assertThatThrownBy(() -> registry.resolve("spam", "1")).hasMessageContaining("it holds none");
    publish(registry, "one");
    assertThatThrownBy(() -> registry.resolve("spam", "7"))
        .hasMessage("model spam has no version 7; it has [1]");
    assertThatThrownBy(() -> registry.resolve("spam", "shadow"))
        .hasMessage("model spam has no alias shadow; its aliases are [], its versions [1]");
  }

  /** Every file of a version, at random places. */
  @Test
  void verifyFindsAnyChangedBit() throws IOException {
    Registry registry = registry();
    publish(registry, "content");
    assertThat(registry.verify("spam", 1)).isEmpty();
    SplittableRandom random = new SplittableRandom(5);
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.filter(Files::isRegularFile).toList();
    }
    for (Path file : all) {
      if (file.endsWith("manifest.json")) {
        continue;
      }
      for (int i = 0; i < 20; i++) {
        byte[] whole = Files.readAllBytes(file);
        byte[] damaged = whole.clone();
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, damaged);
        assertThat(registry.verify("spam", 1))
            .singleElement()
            .asString()
            .contains(file.getFileName() + " is damaged");
        Files.write(file, whole);
      }
      byte[] whole = Files.readAllBytes(file);
      Files.delete(file);
      assertThat(registry.verify("spam", 1)).singleElement().asString().contains("is missing");
      Files.write(file, whole);
    }
  }

  @Test
  void unwritableRegistryIsToldWithItsPath() throws IOException {
    Path occupied = Files.writeString(folder.resolve("file"), "");
    Registry registry = Registry.open(occupied.resolve("models").toString(), Map.of());
    assertThatThrownBy(() -> publish(registry, "x"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(occupied.toString())
        .hasMessageContaining("check registry.path and its permissions");
  }

  /** A viewfs may lead to anything. */
  @ParameterizedTest
  @ValueSource(strings = {"ftp", "viewfs"})
  void schemesWithoutSafePublishingAreRefused(String scheme) {
    assertThatThrownBy(() -> ObjectStores.open(scheme + "://me:secret@host/models", Map.of()))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith(
            "registry.path %s://***@host/models: the scheme %s has no safe way to publish",
            scheme, scheme);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", ""})
  void damagedManifestLeavesOtherVersionsAlone(String content) throws IOException {
    Registry registry = registry();
    publish(registry, "one");
    publish(registry, "two");
    Path manifest = Files.writeString(manifest(2), content);

    assertThat(registry.resolve("spam", "1").number()).isEqualTo(1);
    assertThat(registry.verify("spam", 1)).isEmpty();
    List<String> damage = new ArrayList<>();
    assertThat(registry.readable("spam", damage::add))
        .extracting(ModelVersion::number)
        .containsExactly(1);
    assertThat(damage).isEqualTo(registry.verify("spam", 2));
    assertThat(damage)
        .singleElement()
        .asString()
        .startsWith(manifest + " is damaged: it is no JSON")
        .endsWith("; restore the file from a copy, or remove the version's folder");
    assertThat(publish(registry, "three").number()).isEqualTo(3);
  }

  private Path manifest(int number) {
    return folder.resolve("spam/versions/" + number + "/manifest.json");
  }

  @Test
  void manifestOfAnotherVersionIsRefused() throws IOException {
    Registry registry = registry();
    publish(registry, "one");
    publish(registry, "two");
    Files.copy(manifest(1), manifest(2), StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> registry.resolve("spam", "2"))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith(manifest(2) + " is damaged: it is that of version 1 of 'spam'; ");
  }

  @Test
  void manifestThatLeadsOutOfItsFolderIsRefused() throws IOException {
    Registry registry = registry();
    ModelVersion version = publish(registry, "one");
    String whole = Files.readString(manifest(1));
    for (String step : List.of(version.attempt(), "report.html")) {
      Files.writeString(manifest(1), whole.replace("\"" + step + "\"", "\"../../x\""));
      assertThatThrownBy(() -> registry.version("spam", 1))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("manifest.json is damaged: '../../x' is no file name; restore");
    }
  }

  /** Whatever a writer that was cut short, or an empty disk, could leave. */
  @Test
  void truncatedMoveOfAnAliasIsRefusedByNameAtEveryLength() throws IOException {
    Registry registry = registry();
    publish(registry, "one");
    registry.promote("spam", "champion", 1, "first");
    String whole = Files.readString(move());

    for (int length = 0; length < whole.length(); length++) {
      requireRefused(whole.substring(0, length));
    }
    Files.writeString(move(), whole);
    assertThat(registry.resolve("spam", "champion").number()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | it has no 'version'",
        "{\"version\": 1} | it has no 'previous'",
        "{\"version\": 1, \"previous\": 0} | it has no 'at'",
        "{\"version\": 0, \"previous\": 0} | its 'version' is 0, not a whole number from 1",
        "{\"version\": -1} | its 'version' is -1, not a whole number from 1",
        "{\"version\": 1.5} | its 'version' is 1.5, not a whole number from 1",
        "{\"version\": \"1\"} | its 'version' is \"1\", not a whole number from 1",
        "{\"version\": 4294967297} | its 'version' is 4294967297, not a whole number from 1",
        "{\"version\": 1, \"previous\": -1} | its 'previous' is -1, not a whole number from 0",
        "{\"version\": 1, \"previous\": 0, \"at\": 5} | its 'at' is 5, not text",
        "{} {} | it is no JSON",
      })
  void moveOfAnAliasThatLacksSomethingIsRefusedByName(String content, String finding)
      throws IOException {
    Registry registry = registry();
    publish(registry, "one");
    registry.promote("spam", "champion", 1, "first");
    assertThat(requireRefused(content)).contains(".json is damaged: " + finding + ";");
  }

  /** The version that the alias points to may be the one that gc would remove. */
  @Test
  void nothingIsRemovedWhileAnAliasCannotBeRead() throws IOException {
    Registry registry = registry();
    IntStream.rangeClosed(1, 3).forEach(i -> publish(registry, "v" + i));
    registry.promote("spam", "champion", 1, "first");
    Files.writeString(move(), "{}");
    assertThatThrownBy(() -> registry.retention().plan("spam", 1))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("00000001.json is damaged");
  }

  private Path move() {
    return folder.resolve("spam/aliases/champion/00000001.json");
  }

  private String requireRefused(String content) throws IOException {
    Files.writeString(move(), content);
    Throwable refusal = catchThrowable(() -> registry().resolve("spam", "champion"));
    assertThat(refusal)
        .as(content)
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith(move() + " is damaged: ")
        .hasMessageEndingWith(
            "restore the file from a copy, or, if it is the last of its folder, remove it and promote again");
    return refusal.getMessage();
  }

  @Test
  void nothingCanBeCalledWhatMeansAVersion() {
    for (String alias : List.of("latest", "7")) {
      assertThatThrownBy(() -> registry().alias("spam", alias))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("an alias cannot be called " + alias);
    }
  }

  /** A process that is killed while publishing leaves nothing to be seen. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "publish.before-files",
        "publish.between-files",
        "publish.before-manifest",
        "store.before-link"
      })
  void killedPublisherLeavesNothingVisible(String place) throws Exception {
    assertThat(publisher(place, 1).waitFor()).isEqualTo(FaultPoints.EXIT_CODE);
    Registry registry = registry();
    assertThat(registry.versions("spam")).isEmpty();
    assertThat(registry.names()).isEmpty();

    assertThat(publish(registry, "next").number()).isEqualTo(1);
    assertThat(registry.verify("spam", 1)).isEmpty();
  }

  @Test
  void publisherKilledAfterTheManifestHasPublished() throws Exception {
    assertThat(publisher("publish.after-manifest", 1).waitFor()).isEqualTo(FaultPoints.EXIT_CODE);
    assertThat(registry().versions("spam")).containsExactly(1);
    assertThat(registry().verify("spam", 1)).isEmpty();
  }

  @Test
  void publishersInTwoProcessesLoseNothing() throws Exception {
    List<Process> processes = List.of(publisher("", 30), publisher("", 30));
    for (Process process : processes) {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    }
    Registry registry = registry();
    assertThat(registry.versions("spam"))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 60).boxed().toList());
    Set<String> contents = new HashSet<>();
    for (int number : registry.versions("spam")) {
      assertThat(registry.verify("spam", number)).isEmpty();
      contents.add(registry.version("spam", number).checksum());
    }
    assertThat(contents).hasSize(60);
  }

  private Process publisher(String fault, int versions) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dlakewright.fault=" + fault);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(Publisher.class.getName(), folder.toString(), Integer.toString(versions)));
    return new ProcessBuilder(command).inheritIO().start();
  }

  /** The program of another process. */
  public static final class Publisher {
    private Publisher() {}

    public static void main(String[] arguments) throws InterruptedException {
      int versions = Integer.parseInt(arguments[1]);
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < Math.min(3, versions); t++) {
        int first = t;
        Thread thread =
            new Thread(
                () -> {
                  Registry registry = Registry.open(arguments[0], Map.of());
                  for (int i = first; i < versions; i += Math.min(3, versions)) {
                    publish(registry, ProcessHandle.current().pid() + "-" + i);
                  }
                });
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }
}
