package dev.lakewright.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Copies versions from one registry to another, under the next free number there. The copy tells
 * where it came from. What is there already, file by file, is not copied again.
 */
public final class VersionCopy {

  private final Registry source;
  private final Registry target;
  private final Consumer<String> damage;
  private final Map<String, List<ModelVersion>> present = new HashMap<>();

  /**
   * From a registry to another.
   *
   * @param damage is told of manifests of the target that cannot be read, once each; they are
   *     nobody's copy
   */
  public VersionCopy(Registry source, Registry target, Consumer<String> damage) {
    this.source = source;
    this.target = target;
    this.damage = damage;
  }

  /**
   * A version in the other registry.
   *
   * @param isNew whether this call made it
   */
  public record Copied(ModelVersion version, boolean isNew) {}

  /**
   * Copies a version.
   *
   * @throws dev.lakewright.errors.StorageException when one of its files is damaged
   */
  public Copied copy(ModelVersion version) {
    List<ModelVersion> others = present.computeIfAbsent(version.name(), this::present);
    Optional<ModelVersion> same =
        others.stream().filter(other -> other.files().equals(version.files())).findFirst();
    if (same.isPresent()) {
      return new Copied(same.get(), false);
    }
    Map<String, byte[]> contents = source.read(version, List.copyOf(version.files().keySet()));
    ModelVersion copy = target.publish(version.name(), number -> contents, facts(version));
    others.add(copy);
    return new Copied(copy, true);
  }

  private List<ModelVersion> present(String name) {
    return new ArrayList<>(target.readable(name, damage));
  }

  private ObjectNode facts(ModelVersion version) {
    ObjectNode facts =
        version.facts().isObject()
            ? version.facts().deepCopy()
            : JsonNodeFactory.instance.objectNode();
    facts
        .putObject("copied_from")
        .put("registry", source.root())
        .put("version", version.number())
        .put("created_at", version.createdAt())
        .put("created_by", version.createdBy());
    return facts;
  }
}
