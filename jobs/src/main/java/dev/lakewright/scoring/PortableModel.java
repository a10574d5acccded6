package dev.lakewright.scoring;

import dev.lakewright.model.Classifier;
import dev.lakewright.model.ClassifierStorage;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A classifier on its way to executors: the bytes of its files, read there once per JVM. So a task
 * scores with exactly what the registry holds, and no object graph is ever serialized.
 */
public final class PortableModel implements Serializable {

  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<String, byte[]> files;
  private transient volatile Classifier classifier;

  /**
   * @param files name to content, as {@link ClassifierStorage} writes them
   */
  public PortableModel(Map<String, byte[]> files) {
    this.files = new LinkedHashMap<>(files);
  }

  /** The classifier; read from its bytes at the first call. */
  public Classifier classifier() {
    Classifier read = classifier;
    if (read == null) {
      synchronized (this) {
        read = classifier;
        if (read == null) {
          read = ClassifierStorage.read(files);
          classifier = read;
        }
      }
    }
    return read;
  }
}
