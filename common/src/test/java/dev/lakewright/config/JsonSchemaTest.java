package dev.lakewright.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The committed JSON schema says what the records say. */
class JsonSchemaTest {

  private static final Path COMMITTED = ConfFilesTest.CONF.resolve("lakewright.schema.json");
  private static final String REGENERATE =
      "mvn -pl common test -Dtest=JsonSchemaTest -Dlakewright.regenerate=true";

  @Test
  void theCommittedSchemaIsTheRecords() throws IOException {
    String schema = JsonSchema.of(LakewrightConfig.class, "Lakewright configuration");
    if (Boolean.getBoolean("lakewright.regenerate")) {
      Files.writeString(COMMITTED, schema);
    }
    assertThat(Files.readString(COMMITTED))
        .as("%s differs from the records; run %s to regenerate it", COMMITTED, REGENERATE)
        .isEqualTo(schema);
  }
}
