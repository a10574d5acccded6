package dev.lakewright.atomic;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A store with conditional writes that keeps the writers' names alone, and fails when told to. */
final class ConditionalStore extends RawLocalFileSystem {

  private final URI uri = URI.create("trial://" + UUID.randomUUID());
  private final Map<Path, String> writers = new HashMap<>();
  private Optional<String> failure = Optional.empty();
  private boolean writesBefore;
  private int aborted;

  ConditionalStore() {
    setConf(new Configuration());
  }

  /** The next write fails and has happened. */
  void failAfterWriting(String message) {
    failure = Optional.of(message);
    writesBefore = true;
  }

  /** The next write fails and has not happened. */
  void failBeforeWriting(String message) {
    failure = Optional.of(message);
    writesBefore = false;
  }

  /** How many writes were given up. */
  int aborted() {
    return aborted;
  }

  @Override
  public URI getUri() {
    // asked for by the constructor above, too
    return uri == null ? super.getUri() : uri;
  }

  @Override
  public boolean hasPathCapability(Path path, String capability) {
    return true;
  }

  @Override
  public FSDataOutputStreamBuilder<?, ?> createFile(Path path) {
    return new Builder(path);
  }

  @Override
  public byte[] getXAttr(Path path, String name) throws IOException {
    String writer = writers.get(path);
    if (writer == null) {
      throw new FileNotFoundException(path.toString());
    }
    return writer.getBytes(StandardCharsets.UTF_8);
  }

  private void store(Path path, String writer) throws IOException {
    Optional<String> failing = failure;
    failure = Optional.empty();
    if (failing.isPresent() && !writesBefore) {
      throw new IOException(failing.get());
    }
    if (writers.putIfAbsent(path, writer) != null) {
      throw new IOException("Status Code: 412");
    }
    if (failing.isPresent()) {
      throw new IOException(failing.get());
    }
  }

  private final class Builder extends FSDataOutputStreamBuilder<FSDataOutputStream, Builder> {

    private Builder(Path path) {
      super(ConditionalStore.this, path);
    }

    @Override
    public Builder getThisBuilder() {
      return this;
    }

    @Override
    public FSDataOutputStream build() throws IOException {
      String writer = getOptions().get("fs.s3a.create.header.lakewright-writer");
      return new FSDataOutputStream(new Upload(getPath(), writer), null);
    }
  }

  private final class Upload extends ByteArrayOutputStream implements Abortable {

    private final Path path;
    private final String writer;

    private Upload(Path path, String writer) {
      this.path = path;
      this.writer = writer;
    }

    @Override
    public void close() throws IOException {
      store(path, writer);
    }

    @Override
    public AbortableResult abort() {
      aborted++;
      return null;
    }
  }
}
