package dev.lakewright.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.StorageException;
import dev.lakewright.s3.DeafDoor;
import dev.lakewright.s3.LossyDoor;
import dev.lakewright.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3RegistryTest {

  private static final List<String> FILES = List.of("model.json", "weights.safetensors");

  private final Stores stores = Stores.s3();
  private final Registry registry = stores.registry();

  @TempDir Path folder;

  @Test
  void versionsAndAliasesLiveInABucket() {
    Stores.publish(registry, "one");
    Stores.publish(registry, "two");
    registry.promote("spam", "champion", 1, "first");
    registry.promote("spam", "champion", 2, "better");

    assertThat(registry.names()).containsExactly("spam");
    assertThat(registry.versions("spam")).containsExactly(1, 2);
    assertThat(registry.load("spam", "champion", FILES).version().number()).isEqualTo(2);
    assertThat(registry.rollback("spam", "champion", "worse").version()).isEqualTo(1);
    assertThat(registry.history("spam", "champion")).hasSize(3);
    assertThat(registry.aliases("spam")).containsExactly(Map.entry("champion", 1));
  }

  /** Objects as they lie on the server's disk. */
  @Test
  void damagedArtifactIsRefusedByItsNameAndTheChampionStillLoads() throws IOException {
    Stores.publish(registry, "one");
    registry.promote("spam", "champion", 1, "");
    ModelVersion second = Stores.publish(registry, "two");
    String bucket = stores.root().split("/")[2];
    String key = stores.root().substring(("s3a://" + bucket + "/").length());
    Path weights = S3Server.shared().file(key + "/" + second.path("weights.safetensors"));

    byte[] whole = Files.readAllBytes(weights);
    byte[] flipped = whole.clone();
    flipped[70] ^= 4;
    for (byte[] damaged : List.of(flipped, java.util.Arrays.copyOf(whole, 100))) {
      Files.write(weights, damaged);
      assertThatThrownBy(() -> registry.load("spam", "2", FILES))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining(second.path("weights.safetensors") + " is damaged");
      assertThat(registry.load("spam", "champion", FILES).version().number()).isEqualTo(1);
    }
  }

  @Test
  void ofMovesAtOnceOneIsFirstAndTheOtherIsTold() {
    Stores.publish(registry, "one");
    Stores.publish(registry, "two");
    registry.promote("spam", "champion", 1, "");
    assertThatThrownBy(() -> registry.promoteAfter(2, "spam", "champion", 2, "judged against 2"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("was moved to version 1 meanwhile");
    assertThat(registry.promoteAfter(1, "spam", "champion", 2, "").previous()).isEqualTo(1);
    assertThatThrownBy(() -> registry.promote("spam", "latest", 1, ""))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("an alias cannot be called latest");
  }

  @Test
  void publisherWhoseAnswersAreLostPublishesOnce() throws IOException {
    Stores.publish(registry, "makes the store known");
    try (LossyDoor door = new LossyDoor(S3Server.shared().port())) {
      Map<String, String> settings = new HashMap<>(S3Server.shared().settings(door.port()));
      settings.put("fs.s3a.impl.disable.cache", "true");
      Registry through = Registry.open(stores.root(), settings);
      for (int lost = 1; lost <= 4; lost++) {
        door.loseAnswers(lost);
        Stores.publish(through, "lost " + lost);
      }
      assertThat(door.lost()).isEqualTo(10);
    }
    assertThat(registry.versions("spam")).containsExactly(1, 2, 3, 4, 5);
    Soundness.check(registry);
  }

  @Test
  void storeThatIgnoresConditionsIsRefusedUnlessThereIsOneWriter() throws IOException {
    try (S3Server server = S3Server.start(folder, "none");
        DeafDoor door = new DeafDoor(server.port())) {
      Map<String, String> settings = server.settings(door.port());
      assertThatThrownBy(() -> Stores.publish(Registry.open(server.uri("models"), settings), "one"))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("ignores conditional writes (If-None-Match)")
          .hasMessageContaining("registry.single_writer: true");
      Registry alone = Registry.open(server.uri("models"), settings, true);
      assertThat(Stores.publish(alone, "one").number()).isEqualTo(1);
      assertThat(Stores.publish(alone, "two").number()).isEqualTo(2);
      Soundness.check(alone);
    }
  }

  @Test
  void versionsAreCopiedOnceFromStoreToStore() {
    Registry local = Registry.open(folder.resolve("models").toString(), Map.of());
    Stores.publish(registry, "one");
    ModelVersion second = Stores.publish(registry, "two");
    VersionCopy copy = new VersionCopy(registry, local, S3RegistryTest::unexpected);

    VersionCopy.Copied copied = copy.copy(second);

    assertThat(copied.isNew()).isTrue();
    assertThat(copied.version().number()).isEqualTo(1);
    assertThat(copied.version().checksum()).isEqualTo(second.checksum());
    assertThat(copied.version().facts().at("/copied_from/version").asInt()).isEqualTo(2);
    assertThat(copy.copy(second).isNew()).isFalse();
    VersionCopy back = new VersionCopy(local, registry, S3RegistryTest::unexpected);
    assertThat(back.copy(copied.version()).isNew()).isFalse();
    Soundness.check(local);
  }

  private static void unexpected(String damage) {
    throw new AssertionError(damage);
  }
}
