package dev.lakewright.logstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.s3.LossyDoor;
import dev.lakewright.s3.S3Server;
import io.delta.storage.LogStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class S3LogStoreTest extends LogStoreContract {

  private final Configuration configuration = S3Server.shared().configuration();
  private final Path log = new Path(S3Server.shared().uri("tables/" + UUID.randomUUID()));

  @Override
  LogStore store() {
    return new S3LogStore(configuration);
  }

  @Override
  Configuration configuration() {
    return configuration;
  }

  @Override
  Path log() {
    return log;
  }

  /** The client repeats a write whose answer was lost, and is refused for its own file. */
  @Test
  void writerWhoseAnswerWasLostKnowsThatItWon() throws IOException {
    S3Server server = S3Server.shared();
    write(commit(0), false, "makes the store known");
    try (LossyDoor door = new LossyDoor(server.port())) {
      Configuration throughTheDoor = new Configuration();
      server.settings(door.port()).forEach(throughTheDoor::set);
      throughTheDoor.setBoolean("fs.s3a.impl.disable.cache", true);
      door.loseAnswers(1);
      store().write(commit(1), List.of("mine").iterator(), false, throughTheDoor);
      assertThat(door.lost()).isEqualTo(1);
      assertThat(read(commit(1))).containsExactly("mine");

      door.loseAnswers(1);
      assertThatThrownBy(
              () -> store().write(commit(1), List.of("mine").iterator(), false, throughTheDoor))
          .isInstanceOf(FileAlreadyExistsException.class);
    }
  }

  @Test
  void storeThatListsLateIsReadRight() throws IOException {
    for (int version = 0; version < 6; version++) {
      write(commit(version), false, "x");
    }
    FileSystem files = log.getFileSystem(configuration);
    for (List<Integer> listed :
        List.of(List.<Integer>of(), List.of(0), List.of(0, 3), List.of(0, 1, 2, 4))) {
      assertThat(complete(files, commit(0), listed)).hasSize(6);
    }
    assertThat(complete(files, commit(4), List.of())).hasSize(2);
    assertThatThrownBy(() -> complete(files, commit(6), List.of()))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("no such log");
  }

  @Test
  void cleanedUpCommitsAreNotMissed() throws IOException {
    for (int version = 7; version < 10; version++) {
      write(commit(version), false, "x");
    }
    assertThat(namesFrom(commit(0)))
        .containsExactly(commit(7).getName(), commit(8).getName(), commit(9).getName());
  }

  private List<String> complete(FileSystem files, Path from, List<Integer> listed)
      throws IOException {
    List<FileStatus> found = new ArrayList<>();
    for (int version : listed) {
      found.add(files.getFileStatus(commit(version)));
    }
    Iterator<FileStatus> complete =
        new LateListing(files, from)
            .complete(
                () -> {
                  if (found.isEmpty()) {
                    throw new FileNotFoundException("no such log");
                  }
                  return found.iterator();
                });
    List<String> names = new ArrayList<>();
    complete.forEachRemaining(file -> names.add(file.getPath().getName()));
    return names;
  }
}
