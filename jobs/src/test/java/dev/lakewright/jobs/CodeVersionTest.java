package dev.lakewright.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CodeVersionTest {

  @Test
  void tellsTheNumberAndTheCommitThatWasBuilt() {
    assertThat(CodeVersion.current().text())
        .matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?( \\([0-9a-f]{12}(-changed)?\\))?");
  }

  @Test
  void tellsTheNumberAloneWhereNoCommitIsKnown() {
    assertThat(new CodeVersion("1.2.0", "", Map.of()).text()).isEqualTo("1.2.0");
    assertThat(new CodeVersion("1.2.0", "0123456789ab", Map.of()).text())
        .isEqualTo("1.2.0 (0123456789ab)");
  }
}
