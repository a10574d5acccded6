package dev.lakewright.text;

import dev.lakewright.config.FeaturesConfig.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cn.smart.HMMChineseTokenizer;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Runs of words of a text, joined by single spaces. Words are those of the language's Lucene
 * tokenizer; longer ones than 255 characters come in pieces. Reuses its buffers: one per thread.
 */
public final class WordNgrams {

  private final int shortest;
  private final int longest;
  private final Tokenizer tokenizer;
  private final TokenStream words;
  private final CharTermAttribute term;
  private final ReusableReader reader = new ReusableReader();
  private final Utf8Buffer buffer = new Utf8Buffer();
  private int[] starts = new int[64];
  private int[] ends = new int[64];

  /**
   * @param shortest words in the shortest n-gram, at least 1
   * @param longest words in the longest
   */
  public WordNgrams(Language language, boolean lowerCase, int shortest, int longest) {
    this.shortest = shortest;
    this.longest = longest;
    this.tokenizer = tokenizer(language);
    this.words = filters(language, tokenizer, lowerCase);
    this.term = words.addAttribute(CharTermAttribute.class);
  }

  private static Tokenizer tokenizer(Language language) {
    return switch (language) {
      case STANDARD, ENGLISH -> new StandardTokenizer();
      case WHITESPACE -> new WhitespaceTokenizer();
      case CHINESE -> new HMMChineseTokenizer();
      case ICU -> new ICUTokenizer();
    };
  }

  private static TokenStream filters(Language language, Tokenizer tokenizer, boolean lowerCase) {
    TokenStream plain =
        language == Language.ENGLISH ? new EnglishPossessiveFilter(tokenizer) : tokenizer;
    TokenStream folded = lowerCase ? new LowerCaseFilter(plain) : plain;
    return switch (language) {
      case STANDARD, WHITESPACE, ICU -> folded;
      case ENGLISH ->
          new PorterStemFilter(
              new StopFilter(folded, new CharArraySet(EnglishAnalyzer.getDefaultStopSet(), true)));
      // its stop words are punctuation marks, which this tokenizer gives as words
      case CHINESE -> new StopFilter(folded, SmartChineseAnalyzer.getDefaultStopSet());
    };
  }

  /** Visits the n-grams of a text: all that start at the first word, then at the second, ... */
  public void visit(String text, NgramVisitor visitor) {
    int count = split(text);
    byte[] bytes = buffer.bytes();
    for (int first = 0; first < count; first++) {
      for (int n = shortest; n <= longest && first + n <= count; n++) {
        visitor.visit(bytes, starts[first], ends[first + n - 1]);
      }
    }
  }

  /** Lays the words out in the buffer, a space between each two. */
  private int split(String text) {
    buffer.clear();
    int count = 0;
    try {
      reader.open(text);
      tokenizer.setReader(reader);
      words.reset();
      while (words.incrementToken()) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
          ends = Arrays.copyOf(ends, count * 2);
        }
        if (count > 0) {
          buffer.appendCodePoint(' ');
        }
        starts[count] = buffer.size();
        buffer.append(term.buffer(), term.length());
        ends[count] = buffer.size();
        count++;
      }
      words.end();
      words.close();
    } catch (IOException e) {
      throw new UncheckedIOException("reading text from memory failed", e);
    }
    return count;
  }
}
