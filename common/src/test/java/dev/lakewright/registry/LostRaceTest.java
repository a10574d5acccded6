package dev.lakewright.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A publisher whose number another one takes each time it is about to. */
class LostRaceTest {

  @TempDir Path folder;

  private ObjectStore store() {
    return ObjectStores.open(folder.toString(), Map.of());
  }

  private Registry rival() {
    return new Registry(store(), Clock.systemUTC());
  }

  private static Map<String, byte[]> files(int number) {
    Map<String, byte[]> files = new HashMap<>(RegistryTest.files("mine"));
    files.put("report.html", ("version " + number).getBytes(StandardCharsets.UTF_8));
    return files;
  }

  private ModelVersion publishAfterLosing(RivalStore store) {
    Registry registry = new Registry(store, Clock.systemUTC());
    ModelVersion version =
        registry.publish("spam", LostRaceTest::files, JsonNodeFactory.instance.objectNode());
    assertThat(version.number()).isEqualTo(store.losses + 1);
    assertThat(rival().verify("spam", version.number())).isEmpty();
    assertThat(rival().read(version, "report.html"))
        .isEqualTo(files(version.number()).get("report.html"));
    return version;
  }

  @Test
  void whatDoesNotDependOnTheNumberIsUploadedOnceHoweverOftenItIsLost() {
    RivalStore store = new RivalStore(6, () -> {});
    publishAfterLosing(store);
    assertThat(store.uploads)
        .containsOnly(
            Map.entry("model.json", 1),
            Map.entry("weights.safetensors", 1),
            Map.entry("report.html", 7));
    assertThat(store().list("spam/versions/1")).hasSize(3);
  }

  @Test
  void whatWasRemovedBesideTheFasterPublishersVersionIsUploadedAgain() {
    RivalStore store =
        new RivalStore(
            3,
            () -> {
              Retention retention = rival().retention();
              assertThat(retention.apply(retention.plan("spam", 1)).leftovers()).isEqualTo(1);
            });
    publishAfterLosing(store);
    assertThat(store.uploads).containsEntry("weights.safetensors", 4);
  }

  @Test
  void pausesGrowUpToABound() {
    assertThat(List.of(0, 1, 3, 7, 8, 999))
        .extracting(Pauses::bound)
        .containsExactly(10L, 20L, 80L, 1280L, 2000L, 2000L);
  }

  /** Lets another publisher have the first numbers, and counts uploads per file. */
  private final class RivalStore extends ForwardingStore {

    private final Map<String, Integer> uploads = new HashMap<>();
    private final int losses;
    private final Runnable thereafter;
    private int lost;

    RivalStore(int losses, Runnable thereafter) {
      super(store());
      this.losses = losses;
      this.thereafter = thereafter;
    }

    @Override
    public void write(String path, byte[] content) {
      uploads.merge(path.substring(path.lastIndexOf('/') + 1), 1, Integer::sum);
      super.write(path, content);
    }

    @Override
    public boolean putIfAbsent(String path, byte[] content) {
      boolean loses = path.endsWith("manifest.json") && lost < losses;
      if (loses) {
        lost++;
        rival()
            .publish(
                "spam",
                number -> RegistryTest.files("rival " + number),
                JsonNodeFactory.instance.objectNode());
      }
      boolean created = super.putIfAbsent(path, content);
      if (loses) {
        thereafter.run();
      }
      return created;
    }
  }
}
