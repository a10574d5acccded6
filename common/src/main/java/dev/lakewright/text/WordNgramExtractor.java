package dev.lakewright.text;

import dev.lakewright.config.FeaturesConfig.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Word n-grams: neighbouring tokens joined by one space. Tokens that an analysis drops (stop words)
 * leave no gap.
 */
public final class WordNgramExtractor implements NgramExtractor {

  private final Tokenizer source;
  private final TokenStream tokens;
  private final CharTermAttribute token;
  private final TextReader reader = new TextReader();
  private final NgramWindow window;

  /**
   * @param language how a text is split into tokens
   * @param lowerCase whether letters are folded to lower case, one code point to one
   * @param shortest words of the shortest n-gram, at least 1
   * @param longest words of the longest n-gram
   */
  public WordNgramExtractor(Language language, boolean lowerCase, int shortest, int longest) {
    this.source = TokenStreams.source(language);
    this.tokens = TokenStreams.filter(language, lowerCase, source);
    this.token = tokens.getAttribute(CharTermAttribute.class);
    this.window = new NgramWindow(shortest, longest, true);
  }

  @Override
  public void extract(String text, TermConsumer consumer) {
    window.clear();
    try {
      reader.reset(text);
      source.setReader(reader);
      try (tokens) {
        tokens.reset();
        while (tokens.incrementToken()) {
          add(token.buffer(), token.length(), consumer);
        }
        tokens.end();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail to be read", e);
    }
  }

  private void add(char[] characters, int length, TermConsumer consumer) {
    window.startUnit();
    for (int at = 0; at < length; ) {
      int codePoint = Character.codePointAt(characters, at, length);
      window.append(codePoint);
      at += Character.charCount(codePoint);
    }
    window.endUnit(consumer);
  }
}
