package dev.lakewright.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.errors.StorageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a publisher uploaded may be removed while it moves it to another number. */
class VanishingFilesTest {

  @TempDir Path folder;

  /** A local disk that fails to rename as S3A does. */
  abstract static class Failing extends RawLocalFileSystem {

    @Override
    public URI getUri() {
      return URI.create("failing:///");
    }

    abstract IOException failure(String path);

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      throw failure(from.toString());
    }
  }

  /** The file is removed between being looked at and copied. */
  public static final class Vanishing extends Failing {
    @Override
    IOException failure(String path) {
      return new RemoteFileChangedException(
          path, "copyFile", "not found after repeated attempts", new FileNotFoundException(path));
    }
  }

  /** The file is there, but was written again. */
  public static final class Changing extends Failing {
    @Override
    IOException failure(String path) {
      return new RemoteFileChangedException(path, "copyFile", "its etag is another");
    }
  }

  private HadoopStore store(Class<?> fileSystem) {
    HadoopStore store =
        HadoopStore.open(
            URI.create("failing://" + folder),
            Map.of(
                "fs.failing.impl", fileSystem.getName(), "fs.failing.impl.disable.cache", "true"),
            true);
    store.write("old/model.json", "{}".getBytes(StandardCharsets.UTF_8));
    return store;
  }

  @Test
  void aFileThatVanishesWhileItIsMovedIsNotMoved() {
    assertThat(store(Vanishing.class).move("old/model.json", "new/model.json")).isFalse();
  }

  @Test
  void otherFailuresOfAMoveAreTold() {
    assertThatThrownBy(() -> store(Changing.class).move("old/model.json", "new/model.json"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("new/model.json cannot be written");
  }
}
