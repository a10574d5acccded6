package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.errors.StorageException;
import dev.lakewright.registry.ObjectStore;
import dev.lakewright.registry.ObjectStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SweepLockTest {

  @TempDir Path folder;

  private ObjectStore store() {
    return ObjectStores.open(folder.toString(), Map.of());
  }

  @Test
  void secondDriverIsRefusedUntilTheFirstEnds() {
    try (SweepLock lock = SweepLock.claim(store())) {
      assertThatThrownBy(() -> SweepLock.claim(store()))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("is being run by process " + ProcessHandle.current().pid());
      assertThat(lock).isNotNull();
    }
    SweepLock.claim(store()).close();
  }

  /** A folder is in the way of the sign of life, for a while. */
  @Test
  @Timeout(60)
  void signOfLifeThatFailsIsGivenAgain() throws Exception {
    Path sign = folder.resolve("drivers/1.beat");
    Path obstacle = Files.createDirectories(sign.resolve("obstacle"));
    try (SweepLock lock = SweepLock.claim(store(), Duration.ofMillis(5))) {
      assertThat(lock).isNotNull();
      Thread.sleep(50);
      Files.delete(obstacle);
      Files.delete(sign);
      while (!isWritten(sign)) {
        Thread.sleep(5);
      }
    }
  }

  private static boolean isWritten(Path file) throws IOException {
    return Files.isRegularFile(file) && Files.size(file) > 0;
  }
}
