package dev.lakewright.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lakewright.s3.OtherJvm;
import dev.lakewright.s3.S3Server;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The stores that a test of the registry runs on, each with a folder of its own. */
record Stores(String name, String root, Map<String, String> settings) {

  /** A local folder, and a bucket's. */
  static Stream<Stores> all() {
    return Stream.of(local(), s3());
  }

  static Stores local() {
    return new Stores(
        "local", Path.of("target/registries", UUID.randomUUID().toString()).toString(), Map.of());
  }

  static Stores s3() {
    S3Server server = S3Server.shared();
    return new Stores("s3", server.uri("registries/" + UUID.randomUUID()), server.settings());
  }

  ObjectStore store() {
    return ObjectStores.open(root, settings);
  }

  Registry registry() {
    return Registry.open(root, settings);
  }

  /** Words from which another process opens the same registry, after some of its own. */
  List<String> words(String... first) {
    List<String> words = new ArrayList<>(List.of(first));
    words.add(root);
    words.addAll(OtherJvm.words(settings));
    return words;
  }

  /** A registry by the words of {@link #words}, from one of them on. */
  static Registry open(String[] words, int from) {
    Map<String, String> settings = new java.util.HashMap<>();
    for (String word : List.of(words).subList(from + 1, words.length)) {
      int equals = word.indexOf('=');
      settings.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return Registry.open(words[from], settings);
  }

  /** Files of a version that tell what they are of. */
  static Map<String, byte[]> files(String content) {
    return Map.of(
        "model.json", ("{\"content\": \"" + content + "\"}").getBytes(StandardCharsets.UTF_8),
        "weights.safetensors", content.repeat(50).getBytes(StandardCharsets.UTF_8));
  }

  static ModelVersion publish(Registry registry, String content) {
    return registry.publish(
        "spam",
        number -> files(content),
        JsonNodeFactory.instance.objectNode().put("content", content));
  }

  @Override
  public String toString() {
    return name;
  }
}
