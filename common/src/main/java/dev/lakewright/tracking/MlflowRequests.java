package dev.lakewright.tracking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests to an MLflow server and its answers; nothing that is said of them holds the token. */
final class MlflowRequests {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String API = "/api/2.0/mlflow/";
  private static final int LONGEST_REASON = 200;

  private final String address;
  private final Optional<String> token;
  private final HttpClient client;

  MlflowRequests(String address, Optional<String> token, Duration timeout) {
    this.address = address.replaceAll("/+$", "");
    this.token = token;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
  }

  /** The answer to a method of the API, whatever it is. */
  HttpResponse<String> get(String method) throws TrackingException {
    return send(request(API + method).GET().build());
  }

  /** The answer to a method of the API, whatever it is. */
  HttpResponse<String> post(String method, ObjectNode body) throws TrackingException {
    return send(posting(method, body));
  }

  /** What a method of the API answers within a time. */
  JsonNode post(String method, ObjectNode body, Duration limit) throws TrackingException {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(posting(method, body), BodyHandlers.ofString());
    try {
      return accepted(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new TrackingException("no answer within " + limit.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw new TrackingException(reason(e.getCause()), e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new TrackingException("interrupted", e);
    }
  }

  /** Sends a file, by the path after the server's address. */
  void put(String path, String type, byte[] content) throws TrackingException {
    accepted(
        send(
            request(path)
                .header("Content-Type", type)
                .PUT(BodyPublishers.ofByteArray(content))
                .build()));
  }

  private HttpRequest posting(String method, ObjectNode body) {
    return request(API + method)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.toString()))
        .build();
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

  /** The content of an answer that is no refusal. */
  JsonNode accepted(HttpResponse<String> response) throws TrackingException {
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

  /** Why something failed. */
  String reason(Throwable e) {
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
}
