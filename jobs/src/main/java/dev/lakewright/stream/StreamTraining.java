package dev.lakewright.stream;

import dev.lakewright.config.StreamConfig;
import dev.lakewright.errors.DataException;
import dev.lakewright.errors.LakewrightException;
import dev.lakewright.errors.StorageException;
import dev.lakewright.lake.StreamedRows;
import dev.lakewright.lake.TableVersion;
import dev.lakewright.linear.LinearStart;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.LinearScorer;
import dev.lakewright.registry.FaultPoints;
import dev.lakewright.registry.ObjectStore;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/**
 * A champion that learns from its table's commits. Spark hands out micro-batches, and after a crash
 * the last one again with the same rows; the state that lies beside Spark's checkpoint tells
 * whether it was learnt already.
 */
public final class StreamTraining implements AutoCloseable {

  private final SparkSession spark;
  private final Classifier champion;
  private final StreamConfig config;
  private final StreamIdentity identity;
  private final StreamState.Problems problems;
  private final StreamedRows rows;
  private final StateStore states;
  private final String checkpoint;
  private final MetricsTable metrics;
  private final Weighing weighing;
  private final MicroBatchLearner learner;
  private final Listener listener;
  private StreamState state;

  /** Is told what happens. */
  public interface Listener {

    /** Something for people to read. */
    void say(String line);

    /** A micro-batch was learnt, and its state is there. */
    void learnt(StreamState state);
  }

  /**
   * @param folder of states and checkpoint, of this stream alone
   * @param store that folder
   * @param metrics Delta table
   */
  public StreamTraining(
      SparkSession spark,
      Classifier champion,
      StreamConfig config,
      StreamIdentity identity,
      StreamState.Problems problems,
      StreamedRows rows,
      String folder,
      ObjectStore store,
      String metrics,
      Listener listener) {
    this.spark = spark;
    this.champion = champion;
    this.config = config;
    this.identity = identity;
    this.problems = problems;
    this.rows = rows;
    this.states = new StateStore(store);
    this.checkpoint = folder + "/checkpoint";
    this.metrics = new MetricsTable(spark, metrics, identity.application());
    this.weighing = new Weighing(JavaSparkContext.fromSparkContext(spark.sparkContext()), champion);
    this.learner = new MicroBatchLearner(champion, weighing);
    this.listener = listener;
  }

  /**
   * The state that an earlier run left; empty where none has begun.
   *
   * @throws StorageException when it is damaged, of another stream, or its checkpoint is lost
   */
  public Optional<StreamState> resume() {
    Optional<Long> latest = states.latest();
    latest.ifPresent(
        batch ->
            state =
                StreamState.read(
                    states.name(batch), states.read(batch), identity, problems, config.fading()));
    requireCheckpoint(latest);
    if (state != null && state.batch() > StreamState.START) {
      metrics.append(state.batch(), state.row());
    }
    return Optional.ofNullable(state);
  }

  private void requireCheckpoint(Optional<Long> latest) {
    boolean begun = latest.isPresent() && latest.get() > StreamState.START;
    boolean kept = checkpointHolds(latest.orElse(StreamState.START));
    if (begun && !kept) {
      throw new StorageException(
          "Spark's checkpoint %s of micro-batch %d is lost, so that the rows after it cannot be told; retrain, or name another folder as stream.path to begin again at the champion"
              .formatted(checkpoint, latest.get()));
    }
    if (latest.isEmpty() && checkpointHolds(0)) {
      throw new StorageException(
          "the states beside Spark's checkpoint %s are lost, so that what was learnt cannot be told; retrain, or name another folder as stream.path to begin again at the champion"
              .formatted(checkpoint));
    }
  }

  private boolean checkpointHolds(long batch) {
    try {
      Path file = new Path(checkpoint, "offsets/" + batch);
      return batch >= 0 && file.getFileSystem(hadoop()).exists(file);
    } catch (IOException e) {
      throw new StorageException(
          "the stream's checkpoint %s cannot be read: %s".formatted(checkpoint, e.getMessage()), e);
    }
  }

  private Configuration hadoop() {
    return spark.sessionState().newHadoopConf();
  }

  /**
   * Makes the first state.
   *
   * @param source what the champion learnt from
   * @param trained rows per class that it was trained on
   */
  public void begin(TableVersion source, Map<String, Long> trained) {
    state =
        new StreamStart(champion, config, problems).of(identity, source, trained, rows, weighing);
    states.put(state);
    FaultPoints.reach("stream.begun");
  }

  /**
   * Learns until all that is there is learnt or, with trigger continuous, until the time is over.
   *
   * @param from first version of the table whose rows are new
   * @return the last state
   * @throws DataException when rows cannot be learnt from
   */
  public StreamState learn(long from) {
    try {
      StreamingQuery query = writer(from).start();
      if (config.trigger() == StreamConfig.Trigger.CONTINUOUS && config.minutes() > 0) {
        if (!query.awaitTermination((long) (config.minutes() * 60_000))) {
          query.stop();
        }
      } else {
        query.awaitTermination();
      }
    } catch (StreamingQueryException | TimeoutException e) {
      throw told(e);
    }
    long latest = states.latest().orElseThrow();
    return StreamState.read(
        states.name(latest), states.read(latest), identity, problems, config.fading());
  }

  private DataStreamWriter<Row> writer(long from) {
    boolean skip = config.onChange() == StreamConfig.OnChange.SKIP;
    VoidFunction2<Dataset<Row>, Long> take = this::take;
    return rows.from(from, config.maxFiles(), config.maxMegabytes(), skip)
        .writeStream()
        .foreachBatch(take)
        .option("checkpointLocation", checkpoint)
        .trigger(
            config.trigger() == StreamConfig.Trigger.AVAILABLE_NOW
                ? Trigger.AvailableNow()
                : Trigger.ProcessingTime((long) (config.seconds() * 1000)));
  }

  private void take(Dataset<Row> batch, Long number) {
    SourceOffset end = SourceOffset.of(hadoop(), checkpoint, number);
    if (number == state.batch() && end.json().equals(state.offset())) {
      return;
    }
    if (number != state.batch() + 1) {
      throw new StorageException(
          "Spark's checkpoint %s hands out micro-batch %d, but the last one learnt is %d; retrain, or name another folder as stream.path to begin again at the champion"
              .formatted(checkpoint, number, state.batch()));
    }
    MicroBatchLearner.Learnt learnt = learner.learn(state, rows.check(batch), end);
    FaultPoints.reach("stream.before-state." + number);
    states.put(learnt.state());
    state = learnt.state();
    FaultPoints.reach("stream.after-state." + number);
    metrics.append(state.batch(), state.row());
    FaultPoints.reach("stream.after-metrics." + number);
    states.prune(number);
    if (learnt.unknown() > 0) {
      listener.say(
          "%d rows of micro-batch %d are of classes that the model does not know, such as %s, and were not learnt; retrain takes up new classes"
              .formatted(learnt.unknown(), number, learnt.unknownExample()));
    }
    listener.learnt(state);
  }

  /** What a failure of the stream means to the user. */
  private RuntimeException told(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LakewrightException known) {
        return known;
      }
      String message = String.valueOf(cause.getMessage());
      Optional<String> meaning = meaning(message);
      if (meaning.isPresent()) {
        return new DataException(meaning.get(), cause);
      }
    }
    return new IllegalStateException(failure);
  }

  private static Optional<String> meaning(String message) {
    if (message.contains("DELTA_SOURCE_IGNORE_DELETE")
        || message.contains("DELTA_SOURCE_TABLE_IGNORE_CHANGES")) {
      return Optional.of(
          "rows of the table were deleted or changed, which a stream cannot unlearn; run lakewright retrain, which trains without them, or set stream.on_change: skip to pass over such commits");
    }
    if (message.contains("DELTA_SCHEMA_CHANGED")) {
      return Optional.of(
          "the table's columns were changed while the stream ran; run the same command again");
    }
    if (message.contains("DIFFERENT_DELTA_TABLE_READ_BY_STREAMING_SOURCE")) {
      return Optional.of(
          "the table was replaced by another while the stream ran; train a new champion on it");
    }
    return Optional.empty();
  }

  /** The champion with the weights of a state. */
  public Classifier classifier(StreamState learnt) {
    LinearStart weights = learnt.learner().weights();
    return new Classifier(
        champion.labels(),
        champion.featurizer(),
        new LinearScorer(
            champion.featurizer().size(),
            champion.labels().size(),
            weights.weights(),
            weights.intercepts()),
        champion.calibration(),
        champion.thresholds(),
        champion.terms(),
        champion.provenance());
  }

  @Override
  public void close() {
    weighing.close();
  }
}
