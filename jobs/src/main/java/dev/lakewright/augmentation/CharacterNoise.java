package dev.lakewright.augmentation;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Mistypes {@code max(1, share × words)} words of at least two letters, fewer where there are not
 * so many: two letters change places, one is dropped or repeated, or a neighbouring key of an
 * English keyboard is hit.
 *
 * @param share of the words, > 0
 */
record CharacterNoise(double share) implements Alteration {

  private static final String[] KEYS = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};

  private enum Slip {
    SWAP,
    DROP,
    REPEAT,
    NEIGHBOUR
  }

  @Override
  public String[] alter(String[] words, SplittableRandom random) {
    String[] altered = words.clone();
    int[] places =
        IntStream.range(0, words.length).filter(i -> letters(words[i]).length > 1).toArray();
    Alteration.shuffle(places, random);
    int changes = Math.min(places.length, Alteration.changes(share, words.length));
    for (int i = 0; i < changes; i++) {
      altered[places[i]] = mistype(words[places[i]], random);
    }
    return altered;
  }

  private static int[] letters(String word) {
    int[] points = word.codePoints().toArray();
    return IntStream.range(0, points.length).filter(i -> Character.isLetter(points[i])).toArray();
  }

  private static String mistype(String word, SplittableRandom random) {
    int[] points = word.codePoints().toArray();
    int[] letters = letters(word);
    int which = random.nextInt(letters.length);
    int at = letters[which];
    Slip slip = Slip.values()[random.nextInt(Slip.values().length)];
    return switch (slip) {
      case SWAP -> swap(points, letters, which);
      case DROP -> replace(points, at);
      case REPEAT -> replace(points, at, points[at], points[at]);
      case NEIGHBOUR -> replace(points, at, neighbour(points[at], random));
    };
  }

  /** Swaps with the next letter, the last with the one before; equal ones would change nothing. */
  private static String swap(int[] points, int[] letters, int which) {
    int one = letters[which];
    int other = letters[which + 1 < letters.length ? which + 1 : which - 1];
    if (points[one] == points[other]) {
      return replace(points, one, points[one], points[one]);
    }
    int[] swapped = points.clone();
    swapped[one] = points[other];
    swapped[other] = points[one];
    return new String(swapped, 0, swapped.length);
  }

  private static String replace(int[] points, int at, int... by) {
    StringBuilder word = new StringBuilder().append(new String(points, 0, at));
    for (int point : by) {
      word.appendCodePoint(point);
    }
    return word.append(new String(points, at + 1, points.length - at - 1)).toString();
  }

  /** A key beside, in the same case; a letter that is not on the keyboard is hit twice. */
  private static int[] neighbour(int letter, SplittableRandom random) {
    int lower = Character.toLowerCase(letter);
    for (String row : KEYS) {
      int key = row.indexOf(lower);
      if (key >= 0) {
        int step = key == 0 ? 1 : key == row.length() - 1 ? -1 : random.nextBoolean() ? 1 : -1;
        char hit = row.charAt(key + step);
        return new int[] {Character.isUpperCase(letter) ? Character.toUpperCase(hit) : hit};
      }
    }
    return new int[] {letter, letter};
  }
}
