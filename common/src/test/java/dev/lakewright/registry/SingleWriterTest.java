package dev.lakewright.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lakewright.errors.StorageException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of which nobody knows whether two writers could both win. */
class SingleWriterTest {

  private static final Map<String, String> SETTINGS =
      Map.of("fs.trial.impl", TrialFileSystem.class.getName());

  @TempDir Path folder;

  @Test
  void isRefusedUnlessThereIsOneWriter() {
    String path = "trial://" + folder;
    assertThatThrownBy(() -> Registry.open(path, SETTINGS))
        .isInstanceOf(StorageException.class)
        .hasMessage(
            "registry.path %s: the scheme trial has no safe way to publish; use a local path, s3a, hdfs, abfs or gs, or set registry.single_writer: true if no two jobs ever write at once",
            path);

    Registry registry = Registry.open(path, SETTINGS, true);
    for (int number = 1; number <= 2; number++) {
      ModelVersion version =
          registry.publish(
              "spam", n -> RegistryTest.files("x"), JsonNodeFactory.instance.objectNode());
      assertThat(version.number()).isEqualTo(number);
      registry.promote("spam", "champion", number, "");
    }
    assertThat(registry.versions("spam")).containsExactly(1, 2);
    assertThat(registry.verify("spam", 2)).isEmpty();
    Retention retention = registry.retention();
    assertThat(retention.apply(retention.plan("spam", 1)).removed()).isEmpty();
    assertThat(registry.load("spam", "champion", java.util.List.of("model.json")).files())
        .hasSize(1);
  }

  @Test
  void libraryThatIsMissingIsNamed() {
    assertThatThrownBy(() -> Registry.open("gs://bucket/models", Map.of()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("registry.path gs://bucket/models cannot be opened")
        .hasMessageContaining("the file system's library must be on the class path");
  }

  /** The local disk under another name. */
  public static final class TrialFileSystem extends RawLocalFileSystem {

    @Override
    public URI getUri() {
      return URI.create("trial:///");
    }

    @Override
    public String getScheme() {
      return "trial";
    }
  }
}
