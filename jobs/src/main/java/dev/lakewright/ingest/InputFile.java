package dev.lakewright.ingest;

import java.io.Serializable;

/**
 * One file to read.
 *
 * @param path full path with scheme
 * @param folder name of the folder it lies in
 * @param name its own name
 * @param source what identifies its content: name, size and time of modification
 */
record InputFile(String path, String folder, String name, long bytes, String source)
    implements Serializable {

  boolean gzipped() {
    return name.endsWith(".gz");
  }
}
