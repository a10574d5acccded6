package dev.lakewright.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.LakewrightException;
import dev.lakewright.errors.StorageException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {

  private static final List<String> FILES = List.of("model.json", "weights.safetensors");

  @TempDir Path folder;
  private ObjectStore store;
  private Registry registry;

  @BeforeEach
  void open() {
    store = ObjectStores.open(folder.toString(), Map.of());
    registry = new Registry(store, Clock.systemUTC());
  }

  private ModelVersion publish(String content) {
    return registry.publish(
        "spam", number -> RegistryTest.files(content), JsonNodeFactory.instance.objectNode());
  }

  private void publish(int versions) {
    for (int i = 1; i <= versions; i++) {
      publish("content " + i);
    }
  }

  private RetentionResult gc(int keep) {
    Retention retention = registry.retention();
    return retention.apply(retention.plan("spam", keep));
  }

  @Test
  void newestAndAliasedStayWithWhatARollbackLeadsTo() {
    publish(10);
    registry.promote("spam", "champion", 2, "");
    registry.promote("spam", "champion", 4, "");
    registry.promote("spam", "shadow", 5, "");

    RetentionResult result = gc(3);

    assertThat(result.removed()).containsExactly(1, 3, 6, 7);
    assertThat(result.bytes()).isPositive();
    assertThat(registry.versions("spam")).containsExactly(2, 4, 5, 8, 9, 10);
    registry.versions("spam").forEach(n -> assertThat(registry.verify("spam", n)).isEmpty());
    assertThat(registry.rollback("spam", "champion", "").version()).isEqualTo(2);
    assertThat(gc(3).removed()).containsExactly(4);
  }

  @Test
  void removedVersionKeepsItsManifestAndItsNumber() {
    publish(4);
    gc(1);
    assertThat(registry.version("spam", 2).files()).containsKey("weights.safetensors");
    assertThat(store.list("spam/versions/2")).containsExactly("manifest.json");
    assertThat(publish("next").number()).isEqualTo(5);
    assertThatThrownBy(() -> registry.resolve("spam", "2"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("version 2 of spam was removed by models gc; there is still [4, 5]");
    assertThatThrownBy(() -> registry.promote("spam", "champion", 2, ""))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("was removed by models gc");
  }

  /** A publisher that died after its files, and one that lost its number while it was slow. */
  @Test
  void leftoversOfPublishersGoOnceTheirNumberIsTaken() {
    store.write("spam/versions/1/dead1234/weights.safetensors", new byte[9]);
    publish(1);
    store.write("spam/versions/2/slow1234/weights.safetensors", new byte[9]);

    assertThat(gc(1).leftovers()).isEqualTo(1);
    assertThat(store.exists("spam/versions/1/dead1234/weights.safetensors")).isFalse();
    // number 2 is free: its publisher may be about to take it
    assertThat(store.exists("spam/versions/2/slow1234/weights.safetensors")).isTrue();
    assertThat(registry.verify("spam", 1)).isEmpty();
  }

  /** A mover is between its pin and its move while old versions are removed. */
  @Test
  void versionThatAnAliasIsBeingMovedToStays() {
    publish(5);
    registry.promote("spam", "champion", 5, "");
    store.write("spam/versions/1/pins/0f1e2d3c-champion-2", new byte[] {'\n'});

    assertThat(gc(1).deferred()).containsExactly(1);
    assertThat(registry.verify("spam", 1)).isEmpty();

    // once the alias has moved on, the mover's attempt is decided, dead or alive
    publish("six");
    registry.promote("spam", "champion", 6, "");
    assertThat(gc(1).removed()).containsExactly(1);
  }

  @Test
  void filesOfOthersBesideThePinsDecideNothing() {
    publish(2);
    for (String name : List.of("desktop.ini", "a-b", "0f1e2d3c-champion-1x")) {
      store.write("spam/versions/1/pins/" + name, new byte[1]);
    }
    assertThat(gc(1).removed()).containsExactly(1);
  }

  @Test
  void moveIsNotUndoneByAPinThatStays() {
    publish(3);
    new Registry(undeletable(), Clock.systemUTC()).promote("spam", "champion", 1, "");
    assertThat(registry.resolve("spam", "champion").number()).isEqualTo(1);
    registry.promote("spam", "champion", 3, "");
    registry.promote("spam", "champion", 2, "");
    assertThat(gc(1).removed()).containsExactly(1);
  }

  /** The same store, for someone who may remove nothing. */
  private ObjectStore undeletable() {
    return new ForwardingStore(store) {
      @Override
      public void delete(String path) {
        throw new StorageException("not allowed");
      }
    };
  }

  /** One looked for the mark before it was there, the other after; both make the same move. */
  @Test
  void moverWhoGivesUpLeavesThePinOfAnotherInPlace() {
    publish(3);
    Registry second = new Registry(markingAfterThePin(), Clock.systemUTC());
    Runnable meanwhile =
        () -> {
          assertThatThrownBy(() -> second.promote("spam", "champion", 1, ""))
              .isInstanceOf(ConfigException.class)
              .hasMessageContaining("was removed by models gc");
          assertThat(gc(1).deferred()).containsExactly(1);
        };
    Registry first = new Registry(interruptedBeforeTheMove(meanwhile), Clock.systemUTC());

    first.promote("spam", "champion", 1, "");

    assertThat(registry.load("spam", "champion", FILES).version().number()).isEqualTo(1);
  }

  private ObjectStore markingAfterThePin() {
    return new ForwardingStore(store) {
      @Override
      public void write(String path, byte[] content) {
        super.write(path, content);
        store.write("spam/removed/1.json", new byte[] {'{', '}'});
      }
    };
  }

  private ObjectStore interruptedBeforeTheMove(Runnable meanwhile) {
    return new ForwardingStore(store) {
      @Override
      public boolean putIfAbsent(String path, byte[] content) {
        meanwhile.run();
        return super.putIfAbsent(path, content);
      }
    };
  }

  @Test
  void previewTellsWhatWillGo() {
    publish(4);
    store.write("spam/versions/2/pins/0f1e2d3c-champion-1", new byte[] {'\n'});
    store.write("spam/versions/4/slow1234/weights.safetensors", new byte[9]);
    Retention retention = registry.retention();
    RetentionPlan plan = retention.plan("spam", 1);

    RetentionResult preview = retention.preview(plan);

    assertThat(registry.versions("spam")).containsExactly(1, 2, 3, 4);
    assertThat(preview.removed()).containsExactly(1, 3);
    assertThat(preview.deferred()).containsExactly(2);
    assertThat(preview.leftovers()).isEqualTo(1);
    assertThat(preview.bytes()).isPositive();
    assertThat(retention.apply(plan)).isEqualTo(preview);
  }

  @Test
  void damagedManifestsAreToldAndPassedOver() {
    publish(4);
    store.write("spam/versions/2/manifest.json", new byte[] {'{'});
    store.write("spam/versions/4/manifest.json", new byte[] {'{'});
    store.write("spam/versions/4/unknown1/weights.safetensors", new byte[9]);

    RetentionResult result = gc(1);

    assertThat(result.removed()).containsExactly(1, 2, 3);
    assertThat(result.damaged()).hasSize(2).allMatch(line -> line.contains("is no JSON"));
    // it may be the version's own
    assertThat(store.exists("spam/versions/4/unknown1/weights.safetensors")).isTrue();
  }

  /** The move came after the mark, so that neither saw the other in time. */
  @Test
  void championThatWasMarkedAsRemovedStillLoads() {
    publish(3);
    registry.promote("spam", "champion", 1, "");
    store.write("spam/removed/1.json", new byte[] {'{', '}'});

    assertThat(gc(1).removed()).containsExactly(2);
    assertThat(registry.load("spam", "champion", FILES).version().number()).isEqualTo(1);
  }

  @Test
  void keepingNoneIsRefused() {
    assertThatThrownBy(() -> registry.retention().plan("spam", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("keep must be at least 1, not 0");
  }

  /** All at once, for as long as the publishers need. */
  @Test
  void publishersMoversReadersAndRemoversDoNotDisturbEachOther() throws Exception {
    publish(1);
    registry.promote("spam", "champion", 1, "");
    AtomicBoolean done = new AtomicBoolean();
    List<Callable<Integer>> works = new ArrayList<>();
    works.add(() -> whileNot(done, this::load));
    works.add(() -> whileNot(done, this::load));
    works.add(() -> whileNot(done, () -> gc(2)));
    works.add(() -> whileNot(done, () -> gc(2)));
    works.add(() -> whileNot(done, new Mover(registry, "champion", 7)));
    works.add(() -> whileNot(done, new Mover(registry, "champion", 8)));
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Integer>> running = works.stream().map(threads::submit).toList();
      List<Future<?>> publishers = new ArrayList<>();
      for (int publisher = 0; publisher < 2; publisher++) {
        publishers.add(threads.submit(() -> publish(40)));
      }
      for (Future<?> publisher : publishers) {
        publisher.get();
      }
      done.set(true);
      for (Future<Integer> work : running) {
        assertThat(work.get()).isPositive();
      }
    } finally {
      done.set(true);
      threads.shutdown();
    }
    assertThat(registry.version("spam", 81).number()).isEqualTo(81);
    gc(2);
    registry.versions("spam").forEach(n -> assertThat(registry.verify("spam", n)).isEmpty());
    load();
  }

  private void load() {
    assertThat(registry.load("spam", "champion", FILES).files()).hasSize(2);
  }

  private static int whileNot(AtomicBoolean done, Runnable work) {
    int times = 0;
    do {
      work.run();
      times++;
    } while (!done.get());
    return times;
  }

  /** Moves an alias to versions drawn from those that are there. */
  private record Mover(Registry registry, String alias, SplittableRandom random)
      implements Runnable {

    Mover(Registry registry, String alias, long seed) {
      this(registry, alias, new SplittableRandom(seed));
    }

    @Override
    public void run() {
      List<Integer> versions = registry.versions("spam");
      int version = versions.get(random.nextInt(versions.size()));
      try {
        registry.promote("spam", alias, version, "at random");
      } catch (ConfigException | StorageException e) {
        // removed, or another mover came first: both are told
        assertThat((LakewrightException) e)
            .hasMessageMatching("(?s).*(removed by models gc|meanwhile).*");
      }
    }
  }
}
