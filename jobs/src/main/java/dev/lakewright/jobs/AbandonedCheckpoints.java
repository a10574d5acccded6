package dev.lakewright.jobs;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.tuning.RefitCheckpoints;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far trainings were that were killed, where nobody has gone on with them for days. The next
 * training of the model would remove them as well; there may be none.
 */
final class AbandonedCheckpoints {

  private final LakewrightConfig config;
  private final List<String> folders;

  private AbandonedCheckpoints(LakewrightConfig config, List<String> folders) {
    this.config = config;
    this.folders = folders;
  }

  /**
   * Looks for them.
   *
   * @param model whose sweeps to look at; empty: those of all in the registry, also of models that
   *     no version was ever published of, and {@code tune.table}
   */
  static AbandonedCheckpoints find(LakewrightConfig config, Optional<String> model) {
    Instant now = Instant.now();
    return new AbandonedCheckpoints(
        config,
        model
            .map(name -> Stream.of(Registries.sweeps(config, name)))
            .orElseGet(() -> all(config))
            .filter(folder -> RefitCheckpoints.areAbandoned(Registries.store(config, folder), now))
            .toList());
  }

  private static Stream<String> all(LakewrightConfig config) {
    return Stream.concat(
        Registries.store(config, config.registry().path()).list("").stream()
            .map(name -> Registries.sweeps(config, name)),
        config.tune().table().stream());
  }

  /** Folders of sweeps that hold some. */
  List<String> folders() {
    return folders;
  }

  void remove() {
    folders.forEach(folder -> RefitCheckpoints.removeAll(Registries.store(config, folder)));
  }
}
