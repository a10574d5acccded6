package dev.lakewright.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be wrong about a store and about hosts' clocks. */
class LateListingTest {

  @TempDir Path folder;

  private ObjectStore store() {
    return ObjectStores.open(folder.toString(), Map.of());
  }

  private static ModelVersion publish(Registry registry, String content) {
    return registry.publish(
        "spam", number -> RegistryTest.files(content), JsonNodeFactory.instance.objectNode());
  }

  @Test
  void storeThatListsLateLosesNothing() {
    Registry others = new Registry(store(), Clock.systemUTC());
    publish(others, "one");
    others.promote("spam", "champion", 1, "");
    Registry registry = new Registry(new LateStore(store()), Clock.systemUTC());
    registry.versions("spam");
    registry.alias("spam", "champion");

    publish(others, "two");
    publish(others, "three");
    others.promote("spam", "champion", 3, "");

    assertThat(registry.resolve("spam", "latest").number()).isEqualTo(3);
    assertThat(registry.resolve("spam", "champion").number()).isEqualTo(3);
    assertThat(publish(registry, "four").number()).isEqualTo(4);
    assertThat(registry.promote("spam", "champion", 4, "").previous()).isEqualTo(3);
    assertThat(others.history("spam", "champion"))
        .extracting(AliasMove::version)
        .containsExactly(1, 3, 4);
  }

  /** One host's clock is a day ahead of the other's. */
  @Test
  void orderDoesNotComeFromClocks() {
    Instant noon = Instant.parse("2026-11-25T12:00:00Z");
    Registry ahead =
        new Registry(store(), Clock.fixed(noon.plus(Duration.ofDays(1)), ZoneOffset.UTC));
    Registry behind = new Registry(store(), Clock.fixed(noon, ZoneOffset.UTC));

    assertThat(publish(ahead, "one").number()).isEqualTo(1);
    assertThat(publish(behind, "two").number()).isEqualTo(2);
    ahead.promote("spam", "champion", 1, "");
    behind.promote("spam", "champion", 2, "");

    assertThat(behind.resolve("spam", "latest").number()).isEqualTo(2);
    assertThat(ahead.resolve("spam", "champion").number()).isEqualTo(2);
    assertThat(ahead.rollback("spam", "champion", "").version()).isEqualTo(1);
  }

  /** Lists what it listed first. */
  private static final class LateStore extends ForwardingStore {

    private final Map<String, List<String>> first = new HashMap<>();

    LateStore(ObjectStore store) {
      super(store);
    }

    @Override
    public List<String> list(String folder) {
      return first.computeIfAbsent(folder, super::list);
    }
  }
}
