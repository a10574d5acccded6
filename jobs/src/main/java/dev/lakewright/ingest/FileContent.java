package dev.lakewright.ingest;

import dev.lakewright.errors.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The bytes of a file, unpacked when it is gzipped. */
final class FileContent {

  private static final int BUFFER = 1 << 16;

  private FileContent() {}

  static byte[] read(InputFile file, Configuration hadoop) {
    try (InputStream in = open(file, hadoop)) {
      return in.readAllBytes();
    } catch (EOFException | ZipException e) {
      throw damaged(file, e);
    } catch (IOException e) {
      throw new DataException(file.path() + " cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /**
   * Reads a gzipped file to its end.
   *
   * @throws DataException when it ends too early or is no gzip
   */
  static void verify(InputFile file, Configuration hadoop) {
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = open(file, hadoop)) {
      int read = 0;
      while (read >= 0) {
        read = in.read(buffer);
      }
    } catch (EOFException | ZipException e) {
      throw damaged(file, e);
    } catch (IOException e) {
      throw new DataException(file.path() + " cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private static InputStream open(InputFile file, Configuration hadoop) throws IOException {
    Path path = new Path(file.path());
    InputStream in = path.getFileSystem(hadoop).open(path);
    return file.gzipped() ? new GZIPInputStream(in, BUFFER) : in;
  }

  private static DataException damaged(InputFile file, IOException e) {
    return new DataException(
        "%s is a truncated or damaged gzip (%s); fetch or compress it again; nothing was ingested"
            .formatted(file.path(), e.getMessage()),
        e);
  }
}
