package dev.lakewright.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodeVersionTest {

  private static final String NUMBER = "\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?";

  /** What git says of this checkout; empty without git or outside of one. */
  private static String head() throws Exception {
    Path root = Path.of(System.getProperty("lakewright.root"));
    if (!Files.exists(root.resolve(".git"))) {
      return "";
    }
    Process git =
        new ProcessBuilder("sh", "-c", "git rev-parse --short=12 HEAD 2>/dev/null || true")
            .directory(root.toFile())
            .start();
    return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  @Test
  void tellsTheNumberAndOfACheckoutTheCommitThatWasBuilt() throws Exception {
    String head = head();
    assertThat(CodeVersion.current().text())
        .matches(head.isEmpty() ? NUMBER : NUMBER + " \\(" + head + "(-changed)?\\)");
  }

  @Test
  void tellsTheNumberAloneWhereNoCommitIsKnown() {
    assertThat(new CodeVersion("1.2.0", "", Map.of()).text()).isEqualTo("1.2.0");
    assertThat(new CodeVersion("1.2.0", "0123456789ab", Map.of()).text())
        .isEqualTo("1.2.0 (0123456789ab)");
  }
}
