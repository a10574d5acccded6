package dev.lakewright.atomic;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Files on S3, through S3A's conditional creation ({@code If-None-Match: *}, Hadoop 3.4.2). Every
 * write carries a random name of its writer as metadata: when the answer to a write is lost and the
 * client's repetition is refused, the writer finds its own name and knows that it has won.
 */
public final class ConditionalFiles {

  /** A file that shows, beside the first written one, that the store refuses a second writer. */
  public static final String PROBE = ".lakewright-conditional-writes";

  private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";
  private static final String WITHOUT_CHECKS = "fs.s3a.create.performance";
  private static final String WRITER = "lakewright-writer";
  private static final String PROBE_TEXT =
      "%nWritten once to find out whether this store honours conditional writes. May be removed.%n";

  private static final int NOT_IMPLEMENTED = 501;
  private static final Pattern STATUS = Pattern.compile("Status Code: (\\d{3})\\b");

  private static final Set<String> TRIED = ConcurrentHashMap.newKeySet();

  private ConditionalFiles() {}

  /**
   * Creates a file unless it is there. The first call for a bucket tries out that the store refuses
   * to create a file twice.
   *
   * @return whether this call created it
   * @throws NoAtomicCreationException when S3A or the store has no conditional writes
   * @throws UnknownOutcomeException when the store gave no definite answer after the file was sent
   */
  public static boolean create(FileSystem files, Path file, FileContent content)
      throws IOException {
    requireConditionalWrites(files, file.getParent());
    return createConditionally(files, file, content);
  }

  /** Writes a file, in the place of one that may be there; readers see the old one or the new. */
  public static void replace(FileSystem files, Path file, FileContent content) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder = files.createFile(file).recursive().overwrite(true);
    builder.opt(WITHOUT_CHECKS, true);
    write(builder, content).close();
  }

  private static void requireConditionalWrites(FileSystem files, Path folder) throws IOException {
    String store = files.getUri().toString();
    if (TRIED.contains(store)) {
      return;
    }
    if (!files.hasPathCapability(folder, CONDITIONAL)) {
      throw new NoAtomicCreationException(
          "%s: this Hadoop's S3A creates no file conditionally; use hadoop-aws 3.4.2 or newer, with fs.s3a.create.conditional.enabled"
              .formatted(store));
    }
    Path probe = new Path(folder, PROBE);
    boolean first = createProbe(files, probe);
    if (first && createProbe(files, probe)) {
      throw new NoAtomicCreationException(
          store
              + " ignores conditional writes (If-None-Match), so that of two writers both would win");
    }
    TRIED.add(store);
  }

  private static boolean createProbe(FileSystem files, Path probe) throws IOException {
    String text = UUID.randomUUID() + PROBE_TEXT.formatted();
    try {
      return createConditionally(
          files, probe, FileContent.of(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      if (status(e) == NOT_IMPLEMENTED) {
        throw new NoAtomicCreationException(
            files.getUri() + " does not implement conditional writes (If-None-Match)", e);
      }
      throw e;
    }
  }

  private static boolean createConditionally(FileSystem files, Path file, FileContent content)
      throws IOException {
    String writer = UUID.randomUUID().toString();
    MessageDigest digest = sha256();
    FSDataOutputStreamBuilder<?, ?> builder = files.createFile(file).recursive().overwrite(true);
    builder.must(CONDITIONAL, true);
    builder.opt(WITHOUT_CHECKS, true);
    builder.opt("fs.s3a.create.header." + WRITER, writer);
    FSDataOutputStream out =
        write(builder, stream -> content.writeTo(new DigestOutputStream(stream, digest)));
    try {
      // sends the file, of which nothing is to be seen before
      out.close();
      return true;
    } catch (IOException failure) {
      return isWrittenBy(writer, digest.digest(), files, file, failure);
    }
  }

  /** A file with its content, that is there once it is closed. */
  private static FSDataOutputStream write(
      FSDataOutputStreamBuilder<?, ?> builder, FileContent content) throws IOException {
    FSDataOutputStream out = (FSDataOutputStream) builder.build();
    boolean whole = false;
    try {
      content.writeTo(open(out));
      whole = true;
    } finally {
      if (!whole) {
        // closing would publish what is there
        out.abort();
      }
    }
    return out;
  }

  /** The same stream, which no wrapper of the content can close. */
  private static OutputStream open(OutputStream out) {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        out.write(value);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }
    };
  }

  /**
   * Whether a file is of a writer whose write has failed.
   *
   * @param failure thrown again when there is no such file, and the store had refused to write it
   * @throws UnknownOutcomeException when there is none yet, but what was sent may still arrive
   */
  private static boolean isWrittenBy(
      String writer, byte[] digest, FileSystem files, Path file, IOException failure)
      throws IOException {
    try {
      byte[] found = files.getXAttr(file, "header." + WRITER);
      return found != null
          ? writer.equals(new String(found, StandardCharsets.UTF_8))
          // a store that keeps no metadata; manifests and commits hold random names of their own
          : Arrays.equals(digest, digest(files, file));
    } catch (FileNotFoundException e) {
      failure.addSuppressed(e);
      throw isRefusal(failure) ? failure : new UnknownOutcomeException(file, failure);
    } catch (IOException e) {
      failure.addSuppressed(e);
      throw new UnknownOutcomeException(file, failure);
    }
  }

  /**
   * Whether a store answered that it has not written a file and will not. It does not say so by a
   * timeout (408), by a conflict with another request (409), or by being busy (429, 5xx).
   */
  static boolean isRefusal(IOException failure) {
    int status = status(failure);
    return status == NOT_IMPLEMENTED
        || (status / 100 == 4 && status != 408 && status != 409 && status != 429);
  }

  /** The status of HTTP that a failure tells of, as the SDK writes it; 0 for none. */
  private static int status(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Matcher status = STATUS.matcher(String.valueOf(cause.getMessage()));
      if (status.find()) {
        return Integer.parseInt(status.group(1));
      }
    }
    return 0;
  }

  private static byte[] digest(FileSystem files, Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(files.open(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
