package dev.lakewright.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Copies versions from one registry to another, under the next free number there. The copy tells
 * where it came from. What is there already, file by file, is not copied again.
 */
public final class VersionCopy {

  private final Registry source;
  private final Registry target;

  public VersionCopy(Registry source, Registry target) {
    this.source = source;
    this.target = target;
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
    Optional<ModelVersion> present = find(version);
    if (present.isPresent()) {
      return new Copied(present.get(), false);
    }
    Map<String, byte[]> contents = source.read(version, List.copyOf(version.files().keySet()));
    return new Copied(target.publish(version.name(), number -> contents, facts(version)), true);
  }

  private Optional<ModelVersion> find(ModelVersion version) {
    return target.versions(version.name()).stream()
        .map(number -> target.version(version.name(), number))
        .filter(other -> other.files().equals(version.files()))
        .findFirst();
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
