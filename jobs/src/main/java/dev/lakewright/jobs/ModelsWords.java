package dev.lakewright.jobs;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.errors.ConfigException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words after {@code models}.
 *
 * @param names words that are no options
 * @param options with their values
 * @param flags options without
 */
record ModelsWords(
    String verb, List<String> names, Map<String, String> options, Set<String> flags) {

  private static final List<String> FORMS =
      List.of(
          "list",
          "show NAME [VERSION]",
          "compare NAME VERSION VERSION",
          "diff NAME VERSION VERSION",
          "promote NAME VERSION [--alias ALIAS] [--reason TEXT]",
          "rollback NAME [--alias ALIAS] [--reason TEXT]",
          "verify NAME [VERSION]",
          "verify --all",
          "gc [NAME] --keep N [--keep-aliased] [--dry-run]",
          "export NAME [VERSION] --to PATH",
          "import NAME [VERSION] --from PATH");

  static final String USAGE = usage(FORMS);

  /** Options with a value, by verb. */
  private static final Map<String, Set<String>> OPTIONS =
      Map.of(
          "promote", Set.of("--alias", "--reason"),
          "rollback", Set.of("--alias", "--reason"),
          "gc", Set.of("--keep"),
          "export", Set.of("--to"),
          "import", Set.of("--from"));

  /** Options without, by verb. */
  private static final Map<String, Set<String>> FLAGS =
      Map.of("verify", Set.of("--all"), "gc", Set.of("--keep-aliased", "--dry-run"));

  /** Most words that are no options, by verb. */
  private static final Map<String, Integer> NAMES =
      Map.of(
          "list",
          0,
          "show",
          2,
          "compare",
          3,
          "diff",
          3,
          "promote",
          2,
          "rollback",
          1,
          "verify",
          2,
          "gc",
          1,
          "export",
          2,
          "import",
          2);

  private static String usage(List<String> forms) {
    return "usage: lakewright models " + String.join(" | ", forms);
  }

  /** How one verb is used; all of them for one that there is not. */
  private static String usage(String verb) {
    List<String> forms = FORMS.stream().filter(form -> form.split(" ", 2)[0].equals(verb)).toList();
    return forms.isEmpty() ? USAGE : usage(forms);
  }

  static ModelsWords parse(List<String> arguments) {
    if (arguments.isEmpty() || arguments.get(0).startsWith("-")) {
      throw new ConfigException(USAGE);
    }
    String verb = arguments.get(0);
    List<String> names = new ArrayList<>();
    Map<String, String> options = new HashMap<>();
    Set<String> flags = new HashSet<>();
    for (int i = 1; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (OPTIONS.getOrDefault(verb, Set.of()).contains(word)) {
        if (++i == arguments.size()) {
          throw new ConfigException(word + " needs a value; " + usage(verb));
        }
        options.put(word, arguments.get(i));
      } else if (FLAGS.getOrDefault(verb, Set.of()).contains(word)) {
        flags.add(word);
      } else if (word.startsWith("-")) {
        throw new ConfigException(
            "models %s has no option %s; %s".formatted(verb, word, usage(verb)));
      } else {
        names.add(word);
      }
    }
    int most = flags.contains("--all") ? 0 : NAMES.getOrDefault(verb, names.size());
    if (names.size() > most) {
      throw new ConfigException(
          "models %s does not know what to do with '%s'; %s"
              .formatted(verb, names.get(most), usage(verb)));
    }
    return new ModelsWords(verb, names, options, flags);
  }

  String at(int place) {
    return find(place)
        .orElseThrow(
            () -> new ConfigException("models " + verb + " needs more words; " + usage(verb)));
  }

  Optional<String> find(int place) {
    return place < names.size() ? Optional.of(names.get(place)) : Optional.empty();
  }

  String option(String name) {
    String value = options.get(name);
    if (value == null) {
      throw new ConfigException("models %s needs %s; %s".formatted(verb, name, usage(verb)));
    }
    return value;
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  String alias(LakewrightConfig config) {
    return options.getOrDefault("--alias", config.model().alias());
  }

  String reason() {
    return options.getOrDefault("--reason", "by hand");
  }

  /** The number after an option, at least 1. */
  int count(String name) {
    String text = option(name);
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw new ConfigException("%s must be a number from 1 on, not %s".formatted(name, text));
    }
    return Integer.parseInt(text);
  }
}
