package dev.lakewright.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.errors.StorageException;
import dev.lakewright.linear.Checkpoint;
import dev.lakewright.linear.Progress;
import dev.lakewright.model.LearnerState;
import dev.lakewright.registry.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far trainings on all rows are, in a folder of the sweep's: per training two files that are
 * written in turn, so that whoever dies while writing one leaves the other.
 */
public final class RefitCheckpoints {

  private static final Logger LOG = LoggerFactory.getLogger(RefitCheckpoints.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FOLDER = "checkpoints";
  private static final Duration EVERY = Duration.ofSeconds(30);

  private static final long MOST_BYTES = 1L << 30;

  /** What is kept lies in memory three times while it is written: half of the heap at most. */
  private static final int SHARE_OF_HEAP = 6;

  /** How many times as long as keeping took it is not done again, */
  private static final int REST = 10;

  /** but at most so many times the usual pause. */
  private static final int MOST_PAUSES = 20;

  /** How long a training that was killed can wait to be gone on with. */
  public static final Duration KEPT = Duration.ofDays(7);

  private final ObjectStore store;
  private final String folder;
  private final Duration every;
  private final Consumer<String> progress;

  /**
   * @param store the sweep's folder
   * @param fingerprint of all that decides a training but its trial
   * @param progress is told where a training goes on
   */
  public RefitCheckpoints(ObjectStore store, String fingerprint, Consumer<String> progress) {
    this(store, fingerprint, progress, EVERY);
  }

  RefitCheckpoints(
      ObjectStore store, String fingerprint, Consumer<String> progress, Duration every) {
    this.store = store;
    this.folder = FOLDER + "/" + fingerprint;
    this.every = every;
    this.progress = progress;
  }

  /** That of one training. */
  Checkpoint of(Trial trial) {
    return new Kept(folder + "/" + trial.key());
  }

  /**
   * Removes those of other fingerprints: of this driver's sweep there is one training, and what
   * they belong to will not be trained again, or is published.
   */
  void removeOthers() {
    try {
      store.list(FOLDER).stream()
          .map(name -> FOLDER + "/" + name)
          .filter(other -> !other.equals(folder))
          .forEach(store::delete);
    } catch (StorageException e) {
      // they take room, and are in nobody's way
      LOG.warn("checkpoints of other trainings stay: {}", e.getMessage());
    }
  }

  /**
   * Whether a sweep's folder holds checkpoints though no driver has shown a sign of life there for
   * {@link #KEPT}.
   */
  public static boolean areAbandoned(ObjectStore store, Instant now) {
    return !store.list(FOLDER).isEmpty()
        && SweepLock.lastSign(store).map(sign -> sign.plus(KEPT).isBefore(now)).orElse(false);
  }

  /** Removes all checkpoints in a sweep's folder. */
  public static void removeAll(ObjectStore store) {
    store.delete(FOLDER);
  }

  /** Removes all of this fingerprint, once what they led to is published. */
  public void remove() {
    try {
      store.delete(folder);
    } catch (StorageException e) {
      // what is published stands; the same training would only end sooner
      LOG.warn("checkpoints stay: {}", e.getMessage());
    }
  }

  private final class Kept implements Checkpoint {
    private final String name;
    private long since = System.nanoTime();
    private long pause = every.toNanos();
    private int turn;

    Kept(String name) {
      this.name = name;
    }

    private String file(int turn) {
      return "%s-%d.safetensors".formatted(name, turn % 2);
    }

    @Override
    public Optional<Progress> last() {
      List<Progress> found = new ArrayList<>();
      for (int file = 0; file < 2; file++) {
        Optional<Progress> kept = read(file(file));
        if (kept.isPresent() && found.stream().allMatch(o -> o.passes() < kept.get().passes())) {
          // the older one is written over first
          turn = file + 1;
        }
        kept.ifPresent(found::add);
      }
      Optional<Progress> last = found.stream().max(Comparator.comparingInt(Progress::passes));
      last.ifPresent(
          kept ->
              progress.accept(
                  "going on with the training on all rows after %d passes"
                      .formatted(kept.passes())));
      return last;
    }

    /** A file that its writer did not finish is none. */
    private Optional<Progress> read(String file) {
      try {
        if (!store.exists(file)) {
          return Optional.empty();
        }
        return Optional.of(progress(LearnerState.read(file, store.read(file))));
      } catch (StorageException e) {
        LOG.warn("a checkpoint is passed over: {}", e.getMessage());
        return Optional.empty();
      }
    }

    @Override
    public boolean isDue(long numbers) {
      if (System.nanoTime() - since < pause) {
        return false;
      }
      long bytes = numbers * Double.BYTES;
      long room = Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
      if (bytes <= room) {
        return true;
      }
      LOG.warn(
          "no checkpoint: it would take {} MB, and there is room for {} MB; more memory allows {} MB at most",
          bytes >> 20,
          room >> 20,
          MOST_BYTES >> 20);
      since = System.nanoTime();
      pause = MOST_PAUSES * every.toNanos();
      return false;
    }

    @Override
    public void keep(Progress reached) {
      long began = System.nanoTime();
      try {
        store.write(file(turn), state(reached).write());
        turn++;
      } catch (StorageException e) {
        // without it the training goes on all the same
        LOG.warn("no checkpoint: {}", e.getMessage());
      }
      since = System.nanoTime();
      long rest = Math.min(REST * (since - began), MOST_PAUSES * every.toNanos());
      pause = Math.max(every.toNanos(), rest);
    }
  }

  private static LearnerState state(Progress progress) {
    ObjectNode facts = JSON.createObjectNode();
    facts.put("format", 1);
    facts.put("value", progress.value());
    facts.put("penalty", progress.penalty());
    facts.put("passes", progress.passes());
    facts.set("output_curvatures", JSON.valueToTree(progress.outputCurvatures()));
    facts.set("losses", JSON.valueToTree(progress.losses()));
    facts.set("squares", JSON.valueToTree(progress.squares()));
    facts.set("memory_curvatures", JSON.valueToTree(progress.memory().curvatures()));
    return new LearnerState(
        facts,
        followed(progress.point(), progress.memory().moves()),
        followed(progress.gradient(), progress.memory().changes()));
  }

  /** A vector and those of the memory, which lie behind it. */
  private static double[] followed(double[] first, float[][] others) {
    double[] all = Arrays.copyOf(first, first.length * (1 + others.length));
    for (int k = 0; k < others.length; k++) {
      int start = first.length * (k + 1);
      for (int i = 0; i < first.length; i++) {
        all[start + i] = others[k][i];
      }
    }
    return all;
  }

  private static float[][] behind(double[] all, int length, int count) {
    float[][] others = new float[count][length];
    for (int k = 0; k < count; k++) {
      int start = length * (k + 1);
      for (int i = 0; i < length; i++) {
        others[k][i] = (float) all[start + i];
      }
    }
    return others;
  }

  private static Progress progress(LearnerState state) {
    ObjectNode facts = state.facts();
    double[] curvatures = doubles(facts.path("memory_curvatures"));
    int length = state.sums().length / (1 + curvatures.length);
    return new Progress(
        Arrays.copyOf(state.sums(), length),
        Arrays.copyOf(state.squares(), length),
        facts.path("value").asDouble(),
        facts.path("penalty").asDouble(),
        doubles(facts.path("output_curvatures")),
        doubles(facts.path("losses")),
        doubles(facts.path("squares")),
        facts.path("passes").asInt(),
        new Progress.Memory(
            behind(state.sums(), length, curvatures.length),
            behind(state.squares(), length, curvatures.length),
            curvatures));
  }

  private static double[] doubles(JsonNode values) {
    double[] read = new double[values.size()];
    for (int i = 0; i < read.length; i++) {
      read[i] = values.path(i).asDouble();
    }
    return read;
  }
}
