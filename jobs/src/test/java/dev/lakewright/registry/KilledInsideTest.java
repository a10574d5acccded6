package dev.lakewright.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A process that dies in any operation of any of its works. */
class KilledInsideTest {

  private static final long SEED = 20_261_125;

  static java.util.stream.Stream<Stores> stores() {
    return Stores.all();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void nothingIsHalfVisibleAndTheNextRunCompletes(Stores stores) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    ObjectStore store = stores.store();
    Registry alive = new Registry(store, Clock.systemUTC());
    Stores.publish(alive, "first");
    alive.promote("spam", "champion", 1, "first");
    int kills = Figures.kills(stores);
    int killed = 0;
    while (killed < kills) {
      Consumer<Registry> work = work(alive, random, killed);
      List<AliasMove> before = alive.history("spam", "champion");
      DyingStore dying = new DyingStore(store, random.nextInt(24), random.split());
      try {
        work.accept(new Registry(dying, Clock.systemUTC()));
        continue;
      } catch (DyingStore.Killed e) {
        killed++;
      }
      Soundness.check(alive);
      List<AliasMove> after = alive.history("spam", "champion");
      assertThat(after.subList(0, before.size())).isEqualTo(before);
      assertThat(after.size()).isLessThanOrEqualTo(before.size() + 1);

      work.accept(alive);
      Soundness.check(alive);
    }
    Soundness.checkNumbers(alive);
    Figures.record("{\"store\": \"%s\", \"kills\": %d}", stores, killed);
  }

  /** One run of a job: the same whenever it is run. */
  private static Consumer<Registry> work(Registry alive, SplittableRandom random, int round) {
    List<Integer> versions = alive.versions("spam");
    int some = versions.get(random.nextInt(versions.size()));
    return switch (random.nextInt(4)) {
      case 0 -> registry -> Stores.publish(registry, "round " + round);
      case 1 ->
          registry -> {
            ModelVersion version = Stores.publish(registry, "champion " + round);
            registry.promote("spam", "champion", version.number(), "better");
          };
      case 2 -> registry -> registry.promote("spam", "champion", some, "by hand");
      default ->
          registry -> {
            Retention retention = registry.retention();
            retention.apply(retention.plan("spam", 3));
          };
    };
  }
}
