package dev.lakewright.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.errors.StorageException;
import dev.lakewright.registry.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * That one driver works on a sweep's tables at a time. A claim is a numbered file, of which the
 * last counts; it ends by a file of its own, or with its process, or when it has shown no sign of
 * life for minutes.
 */
public final class SweepLock implements AutoCloseable {

  private static final String FOLDER = "drivers";
  private static final Duration BEAT = Duration.ofSeconds(20);
  private static final Duration SILENCE = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectStore store;
  private final int number;
  private final Duration beat;
  private final Thread beating;
  private volatile boolean ended;

  private SweepLock(ObjectStore store, int number, Duration beat) {
    this.store = store;
    this.number = number;
    this.beat = beat;
    this.beating = new Thread(this::beat, "sweep-lock");
    beating.setDaemon(true);
    beating.start();
  }

  /**
   * Claims a sweep's folder.
   *
   * @throws StorageException when another driver holds it, naming that driver
   */
  public static SweepLock claim(ObjectStore store) {
    return claim(store, BEAT);
  }

  static SweepLock claim(ObjectStore store, Duration beat) {
    int last = last(store);
    if (last > 0) {
      Optional<String> holder = holder(store, last);
      if (holder.isPresent()) {
        throw taken(store, holder.get());
      }
    }
    int number = last + 1;
    if (!store.putIfAbsent(name(number, "claim"), description())) {
      throw taken(store, holder(store, number).orElse("another driver"));
    }
    return new SweepLock(store, number, beat);
  }

  private static StorageException taken(ObjectStore store, String holder) {
    return new StorageException(
        "the sweep in %s is being run by %s; wait for it, or set tune.table to another folder"
            .formatted(store.root(), holder),
        null);
  }

  /** When a driver last showed that it worked in a sweep's folder; empty when none ever did. */
  static Optional<Instant> lastSign(ObjectStore store) {
    int last = last(store);
    return last == 0 ? Optional.empty() : Optional.of(sign(store, last, store.list(FOLDER)));
  }

  /** The last sign of life of a claim. */
  private static Instant sign(ObjectStore store, int number, List<String> names) {
    return names.contains(number + ".beat")
        ? instant(store, name(number, "beat"), "at")
        : instant(store, name(number, "claim"), "started");
  }

  private static Instant instant(ObjectStore store, String path, String field) {
    try {
      return Instant.parse(read(store, path).path(field).asText());
    } catch (DateTimeParseException e) {
      throw damaged(store, path, e);
    }
  }

  private static int last(ObjectStore store) {
    return store.list(FOLDER).stream()
        .filter(name -> name.endsWith(".claim"))
        .mapToInt(name -> Integer.parseInt(name.substring(0, name.indexOf('.'))))
        .max()
        .orElse(0);
  }

  /** Who holds a claim; empty when it has ended. */
  private static Optional<String> holder(ObjectStore store, int number) {
    List<String> names = store.list(FOLDER);
    if (names.contains(number + ".end")) {
      return Optional.empty();
    }
    JsonNode claim = read(store, name(number, "claim"));
    String host = claim.path("host").asText();
    long process = claim.path("process").asLong();
    Instant started = instant(store, name(number, "claim"), "started");
    if (host.equals(host()) && !runs(process, started)) {
      return Optional.empty();
    }
    if (Duration.between(sign(store, number, names), Instant.now()).compareTo(SILENCE) > 0) {
      return Optional.empty();
    }
    return Optional.of("process %d on %s since %s".formatted(process, host, started));
  }

  /** Whether the process lives that made a claim then; its number may have been given anew. */
  private static boolean runs(long process, Instant claimed) {
    return ProcessHandle.of(process)
        .map(
            handle ->
                handle
                    .info()
                    .startInstant()
                    .map(start -> !start.isAfter(claimed.plusSeconds(1)))
                    .orElse(true))
        .orElse(false);
  }

  private static String name(int number, String kind) {
    return FOLDER + "/" + number + "." + kind;
  }

  private static byte[] description() {
    ObjectNode claim = JSON.createObjectNode();
    claim.put("host", host());
    claim.put("process", ProcessHandle.current().pid());
    claim.put("started", Instant.now().toString());
    return bytes(claim);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static JsonNode read(ObjectStore store, String path) {
    try {
      return JSON.readTree(store.read(path));
    } catch (IOException e) {
      throw damaged(store, path, e);
    }
  }

  private static StorageException damaged(ObjectStore store, String path, Exception cause) {
    return new StorageException(store.root() + "/" + path + " is damaged; remove it", cause);
  }

  private static byte[] bytes(JsonNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void beat() {
    while (!ended) {
      try {
        Thread.sleep(beat.toMillis());
        writeSign();
      } catch (InterruptedException end) {
        return;
      }
    }
  }

  private void writeSign() {
    ObjectNode sign = JSON.createObjectNode();
    sign.put("at", Instant.now().toString());
    try {
      store.write(name(number, "beat"), bytes(sign));
    } catch (StorageException e) {
      // others wait for minutes: the next sign of life is early enough
      return;
    }
  }

  @Override
  public void close() {
    ended = true;
    beating.interrupt();
    store.putIfAbsent(name(number, "end"), new byte[] {'\n'});
  }
}
