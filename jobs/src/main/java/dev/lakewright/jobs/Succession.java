package dev.lakewright.jobs;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.RetrainConfig;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.registry.AliasMove;
import dev.lakewright.registry.ModelVersion;
import dev.lakewright.registry.Registry;
import java.util.Locale;

/**
 * Whether a judged challenger takes the champion's alias, runs beside it as its shadow, or neither;
 * and the aliases' moves.
 *
 * @param alias the champion's
 * @param shadow which challengers run beside the champion
 */
record Succession(
    Registry registry, ModelVersion champion, String alias, RetrainConfig.Shadow shadow) {

  private static final String SHADOW = "shadow";
  private static final String REASON = "retrained";

  /**
   * Makes sure that the alias of the models that gates let through does not move past them.
   *
   * @throws ConfigException where it would
   */
  static void requireAliasApart(LakewrightConfig config) {
    RetrainConfig.Shadow shadow = config.retrain().shadow();
    if (shadow != RetrainConfig.Shadow.NEVER && config.model().alias().equals(SHADOW)) {
      throw new ConfigException(
          "model.alias is %s, which retrain.shadow: %s would move past the gates; set retrain.shadow: never or another model.alias"
              .formatted(SHADOW, shadow.name().toLowerCase(Locale.ROOT)));
    }
  }

  /** Whether a challenger becomes the champion. */
  boolean takesOver(boolean passed) {
    return passed && shadow != RetrainConfig.Shadow.EVERY;
  }

  private boolean runsBeside(boolean passed) {
    return switch (shadow) {
      case NEVER -> false;
      case REJECTED -> !passed;
      case EVERY -> true;
    };
  }

  /** What becomes of a challenger: published, shadow or rejected. */
  String status(boolean passed) {
    return takesOver(passed) ? "published" : passed ? SHADOW : "rejected";
  }

  /** The same in words. */
  String told(boolean passed) {
    if (takesOver(passed)) {
      return "published as " + alias;
    }
    return passed
        ? "published as %s beside version %d".formatted(SHADOW, champion.number())
        : "rejected%s in favour of version %d"
            .formatted(runsBeside(false) ? ", now the " + SHADOW + "," : "", champion.number());
  }

  /** Moves the alias that is the challenger's. */
  void conclude(ModelVersion challenger, boolean passed) {
    if (takesOver(passed)) {
      promote(challenger);
    } else if (runsBeside(passed)) {
      registry.promote(challenger.name(), SHADOW, challenger.number(), REASON);
    }
  }

  /** Whether a run that was cut short has left an alias to be moved. */
  boolean isOpen(ModelVersion challenger, boolean passed) {
    return takesOver(passed)
        ? !hasServed(challenger)
        : runsBeside(passed) && !hasBeen(SHADOW, challenger);
  }

  /** Whether a version was the champion at some time. */
  boolean hasServed(ModelVersion version) {
    return hasBeen(alias, version);
  }

  private boolean hasBeen(String name, ModelVersion version) {
    return registry.history(version.name(), name).stream()
        .anyMatch(move -> move.version() == version.number());
  }

  /** Moves the alias, unless somebody else has moved it since the champion was read. */
  private void promote(ModelVersion version) {
    int current = registry.alias(version.name(), alias).map(AliasMove::version).orElse(0);
    if (current != version.number()) {
      registry.promoteAfter(champion.number(), version.name(), alias, version.number(), REASON);
    }
  }
}
