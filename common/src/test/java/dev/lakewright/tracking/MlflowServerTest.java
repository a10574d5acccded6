package dev.lakewright.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MlflowServerTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private record Sent(String method, String path, String authorization, String body) {
    JsonNode json() throws IOException {
      return JSON.readTree(body);
    }
  }

  private record Answer(int status, String body) {}

  private final List<Sent> sent = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Answer> answers = new HashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer http;

  @BeforeEach
  void setUp() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::answer);
    http.start();
    answers.put(
        "experiments/get-by-name", new Answer(200, "{\"experiment\":{\"experiment_id\":\"7\"}}"));
    answers.put("experiments/create", new Answer(200, "{\"experiment_id\":\"8\"}"));
    artifactsAt("mlflow-artifacts:/7/abc/artifacts");
  }

  @AfterEach
  void tearDown() {
    http.stop(0);
    threads.shutdownNow();
  }

  private void artifactsAt(String uri) {
    answers.put(
        "runs/create",
        new Answer(
            200,
            "{\"run\":{\"info\":{\"run_id\":\"abc\",\"artifact_uri\":\"%s\"}}}".formatted(uri)));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Sent request =
        new Sent(
            exchange.getRequestMethod(),
            path.replace("/api/2.0/mlflow/", ""),
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    sent.add(request);
    String content = request.path().equals("runs/search") ? found(request) : "{}";
    Answer answer = answers.getOrDefault(request.path(), new Answer(200, content));
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private MlflowServer server() {
    return new MlflowServer(
        "http://127.0.0.1:" + http.getAddress().getPort() + "/",
        Optional.of("s3cret"),
        Duration.ofSeconds(60));
  }

  private static TrackedRun run(Map<String, String> parameters, Map<String, Double> metrics) {
    return new TrackedRun(
        "train m version 1",
        Instant.ofEpochMilli(1000),
        Instant.ofEpochMilli(3000),
        parameters,
        metrics,
        Map.of("model", "m"),
        Optional.of("<html>é</html>".getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> paths() {
    return sent.stream().map(Sent::path).toList();
  }

  @Test
  void aRunIsCreatedFilledReportedAndFinished() throws Exception {
    server().log("mail", run(Map.of("learner.l2", "0.1"), Map.of("test/f1", 0.5)));
    assertThat(paths())
        .containsExactly(
            "experiments/get-by-name",
            "runs/create",
            "runs/log-batch",
            "runs/log-batch",
            "/api/2.0/mlflow-artifacts/artifacts/7/abc/artifacts/report.html",
            "runs/update");
    assertThat(sent).allMatch(request -> request.authorization().equals("Bearer s3cret"));
    assertThat(sent.get(1).body())
        .matches(
            Pattern.quote(
                    "{\"experiment_id\":\"7\",\"run_name\":\"train m version 1\",\"start_time\":1000,"
                        + "\"tags\":[{\"key\":\"lakewright.run\",\"value\":\"")
                + "[0-9a-f-]{36}"
                + Pattern.quote("\"},{\"key\":\"model\",\"value\":\"m\"}]}"));
    assertThat(sent.get(2).body())
        .isEqualTo("{\"run_id\":\"abc\",\"params\":[{\"key\":\"learner.l2\",\"value\":\"0.1\"}]}");
    assertThat(sent.get(3).body())
        .isEqualTo(
            "{\"run_id\":\"abc\",\"metrics\":[{\"key\":\"test/f1\",\"value\":0.5,\"timestamp\":3000,\"step\":0}]}");
    assertThat(sent.get(4).method()).isEqualTo("PUT");
    assertThat(sent.get(4).body()).isEqualTo("<html>é</html>");
    assertThat(sent.get(5).body())
        .isEqualTo("{\"run_id\":\"abc\",\"status\":\"FINISHED\",\"end_time\":3000}");
  }

  @Test
  void anExperimentThatIsMissingIsCreated() throws Exception {
    answers.put(
        "experiments/get-by-name", new Answer(404, "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\"}"));
    server().log("mail", run(Map.of(), Map.of()));
    assertThat(sent.get(1).body()).isEqualTo("{\"name\":\"mail\"}");
    assertThat(sent.get(2).json().path("experiment_id").asText()).isEqualTo("8");
  }

  @Test
  void moreThanARequestHoldsGoesInSeveral() throws Exception {
    Map<String, String> parameters = new HashMap<>();
    Map<String, Double> metrics = new HashMap<>();
    for (int i = 0; i < 1001; i++) {
      parameters.put("p" + i, "x".repeat(501));
      metrics.put("m" + i, 1.0 * i);
    }
    server().log("mail", run(parameters, metrics));
    List<Integer> sizes = new ArrayList<>();
    for (Sent request : sent) {
      if (request.path().equals("runs/log-batch")) {
        sizes.add(request.json().path("params").size() + request.json().path("metrics").size());
      }
    }
    assertThat(sizes).containsExactly(100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 1, 1000, 1);
    assertThat(sent.get(2).json().at("/params/0/value").asText()).isEqualTo("x".repeat(499) + "…");
  }

  @Test
  void namesThatMlflowForbidsAreReplacedAndStayApart() throws Exception {
    server()
        .log(
            "mail",
            run(Map.of(), Map.of("c/a:b", 1.0, "c/a*b", 2.0, "c//é", 3.0, "n", Double.NaN)));
    List<String> names = new ArrayList<>();
    sent.get(2).json().path("metrics").forEach(metric -> names.add(metric.path("key").asText()));
    assertThat(names).containsExactlyInAnyOrder("c/a_b", "c/a_b_2", "c/_/é");
  }

  @Test
  void aReportIsNotSentWhereArtifactsGoElsewhere() throws Exception {
    artifactsAt("s3://bucket/7/abc/artifacts");
    server().log("mail", run(Map.of(), Map.of()));
    assertThat(paths()).containsExactly("experiments/get-by-name", "runs/create", "runs/update");
  }

  @Test
  void aRunIsFinishedWithoutTheReportThatWasRefused() {
    answers.put(
        "/api/2.0/mlflow-artifacts/artifacts/7/abc/artifacts/report.html",
        new Answer(403, "<html>no</html>"));
    assertThatThrownBy(() -> server().log("mail", run(Map.of(), Map.of())))
        .isInstanceOf(TrackingException.class)
        .hasMessage(
            "no report: /api/2.0/mlflow-artifacts/artifacts/7/abc/artifacts/report.html answered 403");
    assertThat(paths()).last().isEqualTo("runs/update");
  }

  @Test
  void aRefusalTellsWhyWithoutTheToken() {
    answers.put("runs/create", new Answer(400, "{\"message\":\"bad s3cret\\nand more\"}"));
    assertThatThrownBy(() -> server().log("mail", run(Map.of(), Map.of())))
        .isInstanceOf(TrackingException.class)
        .hasMessage("/api/2.0/mlflow/runs/create answered 400 (bad ***)");
  }

  @Test
  void aRunThatWasLoggedInPartIsEnded() {
    answers.put("runs/log-batch", new Answer(500, "{\"message\":\"disk full\"}"));
    assertThatThrownBy(() -> server().log("mail", run(Map.of("a", "b"), Map.of())))
        .isInstanceOf(TrackingException.class)
        .hasMessage("/api/2.0/mlflow/runs/log-batch answered 500 (disk full)");
    assertThat(paths()).endsWith("runs/log-batch", "runs/update");
    assertThat(sent.get(sent.size() - 1).body())
        .isEqualTo("{\"run_id\":\"abc\",\"status\":\"FINISHED\",\"end_time\":3000}");
  }

  @Test
  void aRunThatCannotBeEndedIsSaidToSeemToGoOn() {
    answers.put("runs/update", new Answer(503, ""));
    assertThatThrownBy(() -> server().log("mail", run(Map.of(), Map.of())))
        .isInstanceOf(TrackingException.class)
        .hasMessage(
            "/api/2.0/mlflow/runs/update answered 503; the run may go on being shown as RUNNING");
  }

  @Test
  void aRunWhoseServerFallsSilentIsEndedIfItAnswersOnceMore() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    serve(path -> path.equals("runs/log-batch") ? over : new CountDownLatch(0));
    assertThatThrownBy(() -> hasty().log("mail", run(Map.of("a", "b"), Map.of())))
        .isInstanceOf(TrackingException.class)
        .hasMessageStartingWith("no answer within 1 s");
    assertThat(paths()).contains("runs/update");
    over.countDown();
  }

  /** The run comes to be while it is looked for, as on a server that is slow and not dead. */
  @Test
  void aRunWhoseCreationWasNotWaitedForIsFoundByItsTagAndEnded() throws Exception {
    CountDownLatch searched = new CountDownLatch(2);
    serve(
        path -> {
          if (path.equals("runs/search")) {
            searched.countDown();
          }
          return path.equals("runs/create") ? searched : new CountDownLatch(0);
        });
    assertThatThrownBy(() -> hasty().log("mail", run(Map.of(), Map.of())))
        .isInstanceOf(TrackingException.class)
        .hasMessage("no answer within 1 s");
    assertThat(last().path()).isEqualTo("runs/update");
    assertThat(last().body())
        .isEqualTo("{\"run_id\":\"abc\",\"status\":\"FINISHED\",\"end_time\":3000}");
  }

  @Test
  void aRunWhoseCreationWasAnsweredByABrokenGatewayIsFoundByItsTagAndEnded() {
    answers.put("runs/create", new Answer(502, "<html>bad gateway</html>"));
    assertThatThrownBy(() -> server().log("mail", run(Map.of(), Map.of())))
        .isInstanceOf(TrackingException.class)
        .hasMessage("/api/2.0/mlflow/runs/create answered 502");
    assertThat(paths())
        .containsExactly("experiments/get-by-name", "runs/create", "runs/search", "runs/update");
  }

  @Test
  void aRunThatCannotBeLookedForIsToldWithItsTag() throws Exception {
    answers.put("runs/create", new Answer(502, ""));
    answers.put("runs/search", new Answer(503, ""));
    assertThatThrownBy(() -> server().log("mail", run(Map.of(), Map.of())))
        .isInstanceOf(TrackingException.class)
        .hasMessage(
            "/api/2.0/mlflow/runs/create answered 502; should a run with the tag lakewright.run = %s appear, it is shown as RUNNING though it has ended"
                .formatted(tag()));
  }

  /** Serves from several threads, each answering once its path's latch is open. */
  private void serve(Function<String, CountDownLatch> waits) throws IOException {
    http.stop(0);
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext(
        "/",
        exchange -> {
          try {
            waits
                .apply(exchange.getRequestURI().getPath().replace("/api/2.0/mlflow/", ""))
                .await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          answer(exchange);
        });
    http.start();
  }

  private MlflowServer hasty() {
    return new MlflowServer(
        "http://127.0.0.1:" + http.getAddress().getPort(), Optional.empty(), Duration.ofSeconds(1));
  }

  private Sent last() {
    return sent.get(sent.size() - 1);
  }

  /** The tag of the run that was created last; empty when none was. */
  private String tag() throws IOException {
    String tag = "";
    for (Sent request : List.copyOf(sent)) {
      if (request.path().equals("runs/create")) {
        tag = request.json().at("/tags/0/value").asText();
      }
    }
    return tag;
  }

  /** As MLflow finds runs: those that were created by then, by their tag. */
  private String found(Sent search) throws IOException {
    boolean asked =
        !tag().isEmpty()
            && search
                .json()
                .path("filter")
                .asText()
                .equals("tags.`lakewright.run` = '" + tag() + "'")
            && search.json().at("/experiment_ids/0").asText().equals("7");
    return asked ? "{\"runs\":[{\"info\":{\"run_id\":\"abc\"}}]}" : "{}";
  }

  @Test
  void aServerThatIsNoMlflowIsNamedSo() {
    answers.put("experiments/get-by-name", new Answer(200, "<html>welcome</html>"));
    assertThatThrownBy(() -> server().log("mail", run(Map.of(), Map.of())))
        .isInstanceOf(TrackingException.class)
        .hasMessage("its answer is no JSON; is it an MLflow server?");
  }

  @Test
  void aTokenThatNoHeaderMayHoldIsNotRepeated() {
    MlflowServer server =
        new MlflowServer("http://127.0.0.1:1", Optional.of("s3\ncret"), Duration.ofSeconds(60));
    assertThatThrownBy(() -> server.log("mail", run(Map.of(), Map.of())))
        .isInstanceOf(TrackingException.class)
        .message()
        .contains("***")
        .doesNotContain("s3")
        .doesNotContain("cret");
  }

  @Test
  void silenceEndsWithTheTimeAllowed() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      MlflowServer server =
          new MlflowServer(
              "http://127.0.0.1:" + silent.getLocalPort(), Optional.empty(), Duration.ofSeconds(1));
      assertThatThrownBy(() -> server.log("mail", run(Map.of(), Map.of())))
          .isInstanceOf(TrackingException.class)
          .hasMessage("no answer within 1 s");
    }
  }
}
