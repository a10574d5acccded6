package dev.lakewright.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Small made-up letters of three kinds, told apart by some of their words. */
final class Letters {

  private static final List<String> LABELS = List.of("bill", "greeting", "offer");
  private static final List<List<String>> WORDS =
      List.of(
          List.of("amount", "due", "invoice", "payment", "account"),
          List.of("dear", "holiday", "family", "weather", "soon"),
          List.of("free", "discount", "winner", "click", "now"));
  private static final List<String> COMMON =
      List.of("the", "a", "letter", "we", "you", "today", "this", "is", "with", "and");

  private Letters() {}

  /** Writes a CSV of id, text, pages (a number, at times missing), city and label. */
  static Path csv(Path file, int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> lines = new ArrayList<>();
    lines.add("id,text,pages,city,label");
    for (int i = 0; i < rows; i++) {
      int label = random.nextInt(3);
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < 14; word++) {
        List<String> words = random.nextInt(4) == 0 ? WORDS.get(label) : COMMON;
        text.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      String pages = random.nextInt(10) == 0 ? "" : Integer.toString(1 + label + random.nextInt(3));
      String city = random.nextBoolean() ? "Łódź" : "東京";
      lines.add(
          "r%d,\"%s\",%s,%s,%s"
              .formatted(i, text.toString().trim(), pages, city, LABELS.get(label)));
    }
    return write(file, lines);
  }

  static Path write(Path file, List<String> lines) {
    try {
      return Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
