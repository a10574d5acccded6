package dev.lakewright.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** An MLflow tracking server, spoken to by MLflow's REST API 2.0. */
public final class MlflowServer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final RunEnding.Progress ABSENT = new RunEnding.Absent();
  private static final String PROXY = "/api/2.0/mlflow-artifacts/artifacts/";
  private static final String PROXIED = "mlflow-artifacts:/";

  private final Duration timeout;
  private final MlflowRequests requests;
  private final RunEnding ending;

  /**
   * @param address such as {@code http://mlflow:5000}
   * @param token sent as a bearer token, never shown
   * @param timeout for all requests of a run together
   */
  public MlflowServer(String address, Optional<String> token, Duration timeout) {
    this.timeout = timeout;
    this.requests = new MlflowRequests(address, token, timeout);
    this.ending = new RunEnding(requests);
  }

  /**
   * Logs a finished run, and its report where the server takes artifacts itself. A run that could
   * only be logged in part is ended all the same, if the server says so within a second; one that
   * may have been created though no answer came is looked for, for five seconds at most.
   *
   * @throws TrackingException if any of it was not logged, for whatever reason
   */
  public void log(String experiment, TrackedRun run) throws TrackingException {
    CompletableFuture<Void> logged = new CompletableFuture<>();
    AtomicReference<RunEnding.Progress> progress = new AtomicReference<>(ABSENT);
    // a thread of its own, since looking up a host's name cannot be given a time limit
    Thread thread =
        new Thread(
            () -> {
              try {
                record(experiment, run, progress);
                logged.complete(null);
              } catch (TrackingException | RuntimeException e) {
                logged.completeExceptionally(e);
              }
            },
            "tracking");
    thread.setDaemon(true);
    thread.start();
    try {
      logged.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      throw new TrackingException(
          "no answer within " + timeout.toSeconds() + " s" + ending.end(progress.get(), run.end()),
          e);
    } catch (ExecutionException e) {
      throw new TrackingException(
          requests.reason(e.getCause()) + ending.end(progress.get(), run.end()), e);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new TrackingException("interrupted", e);
    }
  }

  /**
   * @param progress is told how far the run has come
   */
  private void record(
      String experiment, TrackedRun run, AtomicReference<RunEnding.Progress> progress)
      throws TrackingException {
    JsonNode info = create(experimentId(experiment), run, progress);
    String id = info.path("run_id").asText();
    progress.set(new RunEnding.Begun(id));
    fill(id, run);
    Optional<TrackingException> refused = upload(info.path("artifact_uri").asText(), run);
    requests.accepted(requests.post("runs/update", RunEnding.body(id, run.end())));
    progress.set(ABSENT);
    if (refused.isPresent()) {
      throw new TrackingException("no report: " + refused.get().getMessage(), refused.get());
    }
  }

  private String experimentId(String name) throws TrackingException {
    Optional<String> known = find(name);
    if (known.isPresent()) {
      return known.get();
    }
    HttpResponse<String> created = requests.post("experiments/create", object().put("name", name));
    if (created.statusCode() == 400) {
      // somebody else may have created it since
      known = find(name);
      if (known.isPresent()) {
        return known.get();
      }
    }
    return requests.accepted(created).path("experiment_id").asText();
  }

  private Optional<String> find(String experiment) throws TrackingException {
    String query = URLEncoder.encode(experiment, StandardCharsets.UTF_8);
    HttpResponse<String> found = requests.get("experiments/get-by-name?experiment_name=" + query);
    if (found.statusCode() == 404 && found.body().contains("RESOURCE_DOES_NOT_EXIST")) {
      return Optional.empty();
    }
    return Optional.of(requests.accepted(found).at("/experiment/experiment_id").asText());
  }

  /** What the server tells of the new run. */
  private JsonNode create(
      String experiment, TrackedRun run, AtomicReference<RunEnding.Progress> progress)
      throws TrackingException {
    String tag = UUID.randomUUID().toString();
    Map<String, String> tags = new TreeMap<>(run.tags());
    tags.put(RunEnding.TAG, tag);
    ObjectNode body = object();
    body.put("experiment_id", experiment);
    body.put("run_name", run.name());
    body.put("start_time", run.start().toEpochMilli());
    body.set("tags", Entries.tags(tags));
    progress.set(new RunEnding.Asked(experiment, tag));
    HttpResponse<String> answer = requests.post("runs/create", body);
    if (answer.statusCode() >= 400 && answer.statusCode() < 500) {
      // beyond that somebody in between may have lost the answer
      progress.set(ABSENT);
    }
    JsonNode info = requests.accepted(answer).at("/run/info");
    if (!info.hasNonNull("run_id")) {
      throw new TrackingException("its answer names no run; is it an MLflow server?");
    }
    return info;
  }

  private void fill(String id, TrackedRun run) throws TrackingException {
    for (ArrayNode batch :
        Entries.batches(Entries.parameters(run.parameters()), Entries.PARAMETERS)) {
      ObjectNode body = object().put("run_id", id);
      body.set("params", batch);
      requests.accepted(requests.post("runs/log-batch", body));
    }
    for (ArrayNode batch :
        Entries.batches(
            Entries.metrics(run.metrics(), run.end().toEpochMilli()), Entries.METRICS)) {
      ObjectNode body = object().put("run_id", id);
      body.set("metrics", batch);
      requests.accepted(requests.post("runs/log-batch", body));
    }
  }

  /** Sends the report, where artifacts go through the server; why it was refused, if so. */
  private Optional<TrackingException> upload(String folder, TrackedRun run) {
    if (run.report().isEmpty() || !folder.startsWith(PROXIED) || folder.startsWith(PROXIED + "/")) {
      return Optional.empty();
    }
    String path = folder.substring(PROXIED.length()) + "/report.html";
    try {
      requests.put(PROXY + path, "text/html", run.report().get());
      return Optional.empty();
    } catch (TrackingException e) {
      return Optional.of(e);
    }
  }

  private static ObjectNode object() {
    return JSON.createObjectNode();
  }
}
