package dev.lakewright.tracking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** An MLflow tracking server, spoken to by MLflow's REST API 2.0. */
public final class MlflowServer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String API = "/api/2.0/mlflow/";
  private static final String PROXY = "/api/2.0/mlflow-artifacts/artifacts/";
  private static final String PROXIED = "mlflow-artifacts:/";
  private static final int LONGEST_REASON = 200;

  /** For ending a run that could not be logged wholly. */
  private static final Duration LAST_ATTEMPT = Duration.ofSeconds(1);

  private final String address;
  private final Optional<String> token;
  private final Duration timeout;
  private final HttpClient client;

  /**
   * @param address such as {@code http://mlflow:5000}
   * @param token sent as a bearer token, never shown
   * @param timeout for all requests of a run together
   */
  public MlflowServer(String address, Optional<String> token, Duration timeout) {
    this.address = address.replaceAll("/+$", "");
    this.token = token;
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
  }

  /**
   * Logs a finished run, and its report where the server takes artifacts itself. A run that could
   * only be logged in part is ended all the same, if the server says so within a second.
   *
   * @throws TrackingException if any of it was not logged, for whatever reason
   */
  public void log(String experiment, TrackedRun run) throws TrackingException {
    CompletableFuture<Void> logged = new CompletableFuture<>();
    AtomicReference<String> begun = new AtomicReference<>();
    // a thread of its own, since looking up a host's name cannot be given a time limit
    Thread thread =
        new Thread(
            () -> {
              try {
                record(experiment, run, begun);
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
          "no answer within " + timeout.toSeconds() + " s" + ended(begun, run), e);
    } catch (ExecutionException e) {
      throw new TrackingException(reason(e.getCause()) + ended(begun, run), e);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new TrackingException("interrupted", e);
    }
  }

  /** Ends a run that was begun; what is to be said if that fails. */
  private String ended(AtomicReference<String> begun, TrackedRun run) {
    if (begun.get() == null) {
      return "";
    }
    HttpRequest request =
        request(API + "runs/update")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(end(begun.get(), run).toString()))
            .build();
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, BodyHandlers.ofString());
    try {
      accepted(answer.get(LAST_ATTEMPT.toMillis(), TimeUnit.MILLISECONDS));
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException | TrackingException e) {
      answer.cancel(true);
    }
    return "; the run may go on being shown as RUNNING";
  }

  /**
   * @param begun is told the run's id while it is to be ended
   */
  private void record(String experiment, TrackedRun run, AtomicReference<String> begun)
      throws TrackingException {
    JsonNode info = create(experimentId(experiment), run);
    String id = info.path("run_id").asText();
    begun.set(id);
    fill(id, run);
    Optional<TrackingException> refused = upload(info.path("artifact_uri").asText(), run);
    finish(id, run);
    begun.set(null);
    if (refused.isPresent()) {
      throw new TrackingException("no report: " + refused.get().getMessage(), refused.get());
    }
  }

  private String experimentId(String name) throws TrackingException {
    Optional<String> known = find(name);
    if (known.isPresent()) {
      return known.get();
    }
    HttpResponse<String> created = post("experiments/create", object().put("name", name));
    if (created.statusCode() == 400) {
      // somebody else may have created it since
      known = find(name);
      if (known.isPresent()) {
        return known.get();
      }
    }
    return accepted(created).path("experiment_id").asText();
  }

  private Optional<String> find(String experiment) throws TrackingException {
    String query = URLEncoder.encode(experiment, StandardCharsets.UTF_8);
    HttpResponse<String> found =
        send(request(API + "experiments/get-by-name?experiment_name=" + query).GET().build());
    if (found.statusCode() == 404 && found.body().contains("RESOURCE_DOES_NOT_EXIST")) {
      return Optional.empty();
    }
    return Optional.of(accepted(found).at("/experiment/experiment_id").asText());
  }

  /** What the server tells of the new run. */
  private JsonNode create(String experiment, TrackedRun run) throws TrackingException {
    ObjectNode body = object();
    body.put("experiment_id", experiment);
    body.put("run_name", run.name());
    body.put("start_time", run.start().toEpochMilli());
    body.set("tags", Entries.tags(run.tags()));
    JsonNode info = accepted(post("runs/create", body)).at("/run/info");
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
      accepted(post("runs/log-batch", body));
    }
    for (ArrayNode batch :
        Entries.batches(
            Entries.metrics(run.metrics(), run.end().toEpochMilli()), Entries.METRICS)) {
      ObjectNode body = object().put("run_id", id);
      body.set("metrics", batch);
      accepted(post("runs/log-batch", body));
    }
  }

  /** Sends the report, where artifacts go through the server; why it was refused, if so. */
  private Optional<TrackingException> upload(String folder, TrackedRun run) {
    if (run.report().isEmpty() || !folder.startsWith(PROXIED) || folder.startsWith(PROXIED + "/")) {
      return Optional.empty();
    }
    String path = folder.substring(PROXIED.length()) + "/report.html";
    try {
      accepted(
          send(
              request(PROXY + path)
                  .header("Content-Type", "text/html")
                  .PUT(BodyPublishers.ofByteArray(run.report().get()))
                  .build()));
      return Optional.empty();
    } catch (TrackingException e) {
      return Optional.of(e);
    }
  }

  private void finish(String id, TrackedRun run) throws TrackingException {
    accepted(post("runs/update", end(id, run)));
  }

  private static ObjectNode end(String id, TrackedRun run) {
    ObjectNode body = object();
    body.put("run_id", id);
    body.put("status", "FINISHED");
    body.put("end_time", run.end().toEpochMilli());
    return body;
  }

  private HttpResponse<String> post(String method, ObjectNode body) throws TrackingException {
    BodyPublisher json = BodyPublishers.ofString(body.toString());
    return send(
        request(API + method).header("Content-Type", "application/json").POST(json).build());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return request;
  }

  private HttpResponse<String> send(HttpRequest request) throws TrackingException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new TrackingException(reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrackingException("interrupted", e);
    }
  }

  private JsonNode accepted(HttpResponse<String> response) throws TrackingException {
    if (response.statusCode() != 200) {
      throw new TrackingException(
          "%s answered %d%s"
              .formatted(
                  response.request().uri().getPath(),
                  response.statusCode(),
                  explanation(response)));
    }
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new TrackingException("its answer is no JSON; is it an MLflow server?", e);
    }
  }

  /** What MLflow says of a refusal; pages of proxies in between say nothing. */
  private String explanation(HttpResponse<String> response) {
    try {
      String message = JSON.readTree(response.body()).path("message").asText();
      return message.isEmpty() ? "" : " (" + shown(message) + ")";
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private String reason(Throwable e) {
    if (e instanceof TrackingException) {
      return e.getMessage();
    }
    String message = e.getMessage() == null ? "no connection" : shown(e.getMessage());
    return e.getClass().getSimpleName() + ": " + message;
  }

  /** In one line, and without the token, which exceptions and servers may repeat. */
  private String shown(String message) {
    String line =
        token
            .map(secret -> message.replace(secret, "***"))
            .orElse(message)
            .lines()
            .findFirst()
            .orElse("");
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
  }

  private static ObjectNode object() {
    return JSON.createObjectNode();
  }
}
