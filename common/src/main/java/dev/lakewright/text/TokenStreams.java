package dev.lakewright.text;

import dev.lakewright.config.FeaturesConfig.Language;
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

/**
 * Lucene's analysis chains, one per language. They split tokens longer than 255 characters, and
 * their folding to lower case does not depend on a locale.
 */
final class TokenStreams {

  private static final CharArraySet ENGLISH_STOP_WORDS =
      CharArraySet.unmodifiableSet(new CharArraySet(EnglishAnalyzer.getDefaultStopSet(), true));

  private TokenStreams() {}

  /** What splits a text into tokens. */
  static Tokenizer source(Language language) {
    return switch (language) {
      case STANDARD, ENGLISH -> new StandardTokenizer();
      case WHITESPACE -> new WhitespaceTokenizer();
      case CHINESE -> new HMMChineseTokenizer();
      case ICU -> new ICUTokenizer();
    };
  }

  /** What changes and drops tokens; English is that of {@link EnglishAnalyzer}. */
  static TokenStream filter(Language language, boolean lowerCase, Tokenizer source) {
    return switch (language) {
      case STANDARD, WHITESPACE, ICU -> lowerCase(lowerCase, source);
      case ENGLISH ->
          new PorterStemFilter(
              new StopFilter(
                  lowerCase(lowerCase, new EnglishPossessiveFilter(source)), ENGLISH_STOP_WORDS));
      // these stop words are punctuation alone, which the tokenizer hands on as words
      case CHINESE ->
          new StopFilter(lowerCase(lowerCase, source), SmartChineseAnalyzer.getDefaultStopSet());
    };
  }

  private static TokenStream lowerCase(boolean lowerCase, TokenStream tokens) {
    return lowerCase ? new LowerCaseFilter(tokens) : tokens;
  }
}
