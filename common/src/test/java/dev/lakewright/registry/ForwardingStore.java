package dev.lakewright.registry;

import java.util.List;

/** A store that does what another does, for tests to change some of it. */
class ForwardingStore implements ObjectStore {

  private final ObjectStore store;

  ForwardingStore(ObjectStore store) {
    this.store = store;
  }

  @Override
  public String root() {
    return store.root();
  }

  @Override
  public byte[] read(String path) {
    return store.read(path);
  }

  @Override
  public boolean exists(String path) {
    return store.exists(path);
  }

  @Override
  public void write(String path, byte[] content) {
    store.write(path, content);
  }

  @Override
  public boolean move(String from, String to) {
    return store.move(from, to);
  }

  @Override
  public boolean putIfAbsent(String path, byte[] content) {
    return store.putIfAbsent(path, content);
  }

  @Override
  public List<String> list(String folder) {
    return store.list(folder);
  }

  @Override
  public void delete(String path) {
    store.delete(path);
  }
}
