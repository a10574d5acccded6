package dev.lakewright.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;

/**
 * An S3 server on loopback, in a process of its own, with one bucket of a name of its own. Objects
 * are files of a folder, where a test can damage them.
 */
public final class S3Server implements AutoCloseable {

  private static final String USER = "tester";
  private static final String PASSWORD = "not-a-secret";
  private static S3Server shared;

  private final Process process;
  private final int port;
  private final String bucket;
  private final Path folder;
  private final Path settings;

  private S3Server(Process process, int port, String bucket, Path folder, Path settings) {
    this.process = process;
    this.port = port;
    this.bucket = bucket;
    this.folder = folder;
    this.settings = settings;
  }

  /** The one of this JVM; tests take folders of their own below {@link #uri}. */
  public static synchronized S3Server shared() {
    if (shared == null) {
      try {
        shared = start(Files.createTempDirectory(Path.of("target"), "s3-").toAbsolutePath());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    return shared;
  }

  /** A further one, over a folder. */
  public static S3Server start(Path folder) throws IOException {
    return start(folder, "aws-v2-or-v4");
  }

  /**
   * A further one, over a folder.
   *
   * @param authorization how requests must be signed; {@code none} lets a test alter them
   */
  public static S3Server start(Path folder, String authorization) throws IOException {
    String bucket = "lake-" + UUID.randomUUID().toString().substring(0, 8);
    Files.createDirectories(folder.resolve(bucket));
    int port = freePort();
    Path settings = Files.createTempFile("s3proxy", ".properties");
    Files.writeString(
        settings,
        """
        s3proxy.endpoint=http://127.0.0.1:%d
        s3proxy.authorization=%s
        s3proxy.identity=%s
        s3proxy.credential=%s
        jclouds.provider=filesystem-nio2
        jclouds.identity=%s
        jclouds.credential=%s
        jclouds.filesystem.basedir=%s
        """
            .formatted(port, authorization, USER, PASSWORD, USER, PASSWORD, folder));
    Path classPath =
        Path.of(System.getProperty("lakewright.root"), "deploy/s3/target/class-path.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-cp",
            Files.readString(classPath),
            "org.gaul.s3proxy.Main",
            "--properties",
            settings.toString());
    builder.environment().put("LOG_LEVEL", "warn");
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    S3Server server = new S3Server(builder.start(), port, bucket, folder, settings);
    server.awaitConnections();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitConnections() throws IOException {
    for (int attempt = 0; ; attempt++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (process.isAlive()) {
          return;
        }
        throw new IOException("another server has taken port " + port);
      } catch (IOException e) {
        if (attempt == 600 || !process.isAlive()) {
          throw new IOException("the S3 server does not start", e);
        }
        pause();
      }
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Where a path of the bucket lies, for Hadoop. */
  public String uri(String path) {
    return "s3a://" + bucket + "/" + path;
  }

  /** Where an object of the bucket lies on disk. */
  public Path file(String path) {
    return folder.resolve(bucket).resolve(path);
  }

  /** Hadoop's settings for the bucket, in plain words. */
  public Map<String, String> settings() {
    return settings(port);
  }

  /** The same through another port of 127.0.0.1. */
  public Map<String, String> settings(int door) {
    Map<String, String> hadoop = new LinkedHashMap<>();
    String prefix = "fs.s3a.bucket." + bucket + ".";
    hadoop.put(prefix + "endpoint", "http://127.0.0.1:" + door);
    hadoop.put(prefix + "endpoint.region", "us-east-1");
    hadoop.put(prefix + "path.style.access", "true");
    hadoop.put(prefix + "connection.ssl.enabled", "false");
    hadoop.put(prefix + "access.key", USER);
    hadoop.put(prefix + "secret.key", PASSWORD);
    hadoop.put(
        prefix + "aws.credentials.provider",
        "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
    return hadoop;
  }

  /** The settings in a Hadoop configuration. */
  public Configuration configuration() {
    Configuration configuration = new Configuration();
    settings().forEach(configuration::set);
    return configuration;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
      Files.deleteIfExists(settings);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
