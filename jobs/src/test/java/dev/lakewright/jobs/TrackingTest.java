package dev.lakewright.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What jobs log to a tracking server, and that none of its failures is theirs. */
class TrackingTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
  private final List<String> tokens = Collections.synchronizedList(new ArrayList<>());
  private int status = 200;
  private HttpServer http;
  private Cli cli;

  @BeforeEach
  void setUp() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::answer);
    http.start();
    cli =
        new Cli(folder)
            .set("data.table", folder.resolve("letters"))
            .set("data.text", "[text]")
            .set("features.words", "{ngrams: [1, 1], hash_bits: 10}")
            .set("tune.space", "{learner.l2: [1e-1, 1e-3]}")
            .set("evaluation.bootstrap", 10)
            .set("model.name", "letters")
            .environment("MLFLOW_TRACKING_TOKEN", "s3cret");
    ingest(200, 1);
    cli.set("tracking.mlflow.uri", "http://127.0.0.1:" + http.getAddress().getPort());
  }

  @AfterEach
  void tearDown() {
    http.stop(0);
  }

  private void ingest(int rows, long seed) {
    Path file = Letters.csv(cli.path("letters" + seed + ".csv"), rows, seed);
    cli.run("ingest", "--set", "ingest.input=" + file).succeeds();
  }

  private void answer(HttpExchange exchange) throws IOException {
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] body =
        """
        {"experiment": {"experiment_id": "7"},
         "run": {"info": {"run_id": "abc", "artifact_uri": "mlflow-artifacts:/7/abc/artifacts"}}}"""
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** All entries of a kind that were sent, by name. */
  private Map<String, String> logged(String kind) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    for (String body : bodies) {
      if (body.startsWith("{")) {
        for (JsonNode entry : JSON.readTree(body).path(kind)) {
          entries.put(entry.path("key").asText(), entry.path("value").asText());
        }
      }
    }
    bodies.clear();
    return entries;
  }

  private static List<String> warnings(Cli.Run run) {
    return run.err().lines().filter(line -> line.startsWith("warning: ")).toList();
  }

  @Test
  void trainingsAreLoggedWithParametersMetricsTagsAndReport() throws IOException {
    Cli.Run run = cli.run("train").succeeds();
    assertThat(bodies).anyMatch(body -> body.startsWith("<!"));
    assertThat(tokens).isNotEmpty().allMatch("Bearer s3cret"::equals);
    List<String> kept = List.copyOf(bodies);
    String best = run.json().at("/sweep/best_parameters/learner.l2").asText();
    assertThat(logged("params")).containsEntry("learner.l2", best).containsEntry("tune.folds", "3");
    bodies.addAll(kept);
    assertThat(logged("metrics"))
        .containsEntry("test/macro_f1", run.json().at("/metrics/macro_f1").asText())
        .containsEntry("sweep/best", run.json().at("/sweep/best").asText())
        .containsKeys("test/per_class/offer/f1", "seconds/publish");
    bodies.addAll(kept);
    assertThat(logged("tags"))
        .containsEntry("job", "train")
        .containsEntry("model", "letters")
        .containsEntry("version", "1")
        .containsEntry("path", run.json().path("path").asText())
        .containsEntry("data.version", "0")
        .containsKey("code_version");
    assertThat(warnings(run)).isEmpty();
    assertThat(run.out() + run.err()).doesNotContain("s3cret");
  }

  @Test
  void retrainingsAreLoggedWithTheSettingsOfTheChampion() throws IOException {
    String best =
        cli.run("train").succeeds().json().at("/sweep/best_parameters/learner.l2").asText();
    ingest(100, 2);
    bodies.clear();
    cli.run("retrain", "--set", "retrain.gate.min_gain=-0.9", "--set", "features.words.hash_bits=9")
        .succeeds();
    List<String> kept = List.copyOf(bodies);
    assertThat(logged("params"))
        .containsEntry("learner.l2", best)
        .containsEntry("features.words.hash_bits", "10")
        .containsEntry("retrain.gate.min_gain", "-0.9");
    bodies.addAll(kept);
    assertThat(logged("tags")).containsEntry("job", "retrain").containsEntry("version", "2");
    JsonNode again = cli.run("retrain", "--set", "retrain.gate.min_gain=-0.9").succeeds().json();
    assertThat(again.path("status").asText()).isEqualTo("unchanged");
    assertThat(bodies).isEmpty();
  }

  @Test
  void whatTheServerDoesFailsNoJob() throws IOException {
    Cli.Run logged = cli.run("tune").succeeds();
    assertThat(warnings(logged)).isEmpty();
    assertThat(logged("params"))
        .containsEntry(
            "learner.l2", logged.json().at("/sweep/best_parameters/learner.l2").asText());

    status = 500;
    assertThat(warnings(cli.run("tune").succeeds()))
        .singleElement()
        .asString()
        .contains("tracking.mlflow.uri http://127.0.0.1:", "get-by-name answered 500");

    int closed;
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      closed = silent.getLocalPort();
      cli.set("tracking.mlflow.uri", "http://127.0.0.1:" + closed);
      assertThat(warnings(cli.run("tune", "--set", "tracking.mlflow.timeout=1").succeeds()))
          .singleElement()
          .asString()
          .endsWith("no answer within 1 s");
    }
    assertThat(warnings(cli.run("tune").succeeds()))
        .singleElement()
        .asString()
        .contains("ConnectException");
  }
}
