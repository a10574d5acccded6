package dev.lakewright.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionalFilesTest {

  private static final FileContent CONTENT = FileContent.of(new byte[] {1});

  private final ConditionalStore store = new ConditionalStore();
  private final Path file = new Path("/models/manifest.json");

  @BeforeEach
  void makeTheStoreKnown() throws IOException {
    assertThat(ConditionalFiles.create(store, new Path("/models/first"), CONTENT)).isTrue();
  }

  @Test
  void ofTwoWritersOneCreates() throws IOException {
    assertThat(ConditionalFiles.create(store, file, CONTENT)).isTrue();
    assertThat(ConditionalFiles.create(store, file, CONTENT)).isFalse();
  }

  @Test
  void writerWhoseAnswerWasLostKnowsThatItWon() throws IOException {
    store.failAfterWriting("Connection reset");
    assertThat(ConditionalFiles.create(store, file, CONTENT)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"400", "403", "412", "501"})
  void refusalIsAFailure(String status) {
    store.failBeforeWriting("(Service: S3, Status Code: %s, Request ID: 1)".formatted(status));
    assertThatThrownBy(() -> ConditionalFiles.create(store, file, CONTENT))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(UnknownOutcomeException.class)
        .hasMessageContaining(status);
  }

  /** A conflict is no lost race, and what a busy store was sent may still arrive. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection reset",
        "(Service: S3, Status Code: 408, Request ID: 1)",
        "(Service: S3, Status Code: 409, Request ID: 1)",
        "(Service: S3, Status Code: 429, Request ID: 1)",
        "(Service: S3, Status Code: 503, Request ID: 1)"
      })
  void anythingElseLeavesTheOutcomeUnknown(String failure) {
    store.failBeforeWriting(failure);
    assertThatThrownBy(() -> ConditionalFiles.create(store, file, CONTENT))
        .isInstanceOf(UnknownOutcomeException.class)
        .hasMessage(
            "whether %s was written is unknown, since the store gave no definite answer (%s); look before trying again",
            file, failure);
  }

  @Test
  void contentThatFailsIsNeverSent() {
    FileContent failing =
        out -> {
          throw new IOException("no more rows");
        };
    assertThatThrownBy(() -> ConditionalFiles.create(store, file, failing))
        .isNotInstanceOf(UnknownOutcomeException.class)
        .hasMessage("no more rows");
    assertThat(store.aborted()).isEqualTo(1);
  }
}
