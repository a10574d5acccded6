package dev.lakewright.jobs;

import dev.lakewright.errors.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The words of the command line.
 *
 * @param job the first word; {@code help} when there is none
 * @param sets {@code key.path=value}, in order
 * @param arguments what else stands there, such as {@code promote spam 3 --alias shadow}
 */
record CommandLine(
    String job,
    Optional<Path> config,
    List<String> sets,
    Optional<String> master,
    Optional<Path> result,
    boolean debug,
    List<String> arguments) {

  static CommandLine parse(String[] words) {
    String job = words.length == 0 || isHelp(words[0]) ? "help" : words[0];
    Optional<Path> config = Optional.empty();
    Optional<String> master = Optional.empty();
    Optional<Path> result = Optional.empty();
    boolean debug = false;
    List<String> sets = new ArrayList<>();
    List<String> arguments = new ArrayList<>();
    for (int i = 1; i < words.length; i++) {
      String word = words[i];
      switch (word) {
        case "-c", "--config" -> config = Optional.of(Path.of(value(words, i++)));
        case "--set" -> sets.add(value(words, i++));
        case "--master" -> master = Optional.of(value(words, i++));
        case "--result" -> result = Optional.of(Path.of(value(words, i++)));
        case "--debug" -> debug = true;
        case "-h", "--help" -> job = "help";
        default -> arguments.add(word);
      }
    }
    return new CommandLine(job, config, sets, master, result, debug, List.copyOf(arguments));
  }

  private static boolean isHelp(String word) {
    return word.equals("-h") || word.equals("--help");
  }

  private static String value(String[] words, int option) {
    if (option + 1 >= words.length) {
      throw new ConfigException(words[option] + " needs a value; see: lakewright help");
    }
    return words[option + 1];
  }
}
