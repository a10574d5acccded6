/**
 * Text analysis: tokens by Apache Lucene, word and character n-grams as UTF-8 bytes, and their
 * hash. The same text gives the same terms everywhere; nothing here is learnt from data.
 *
 * <p>Does not hold counting, weighing or vocabularies ({@code model}).
 */
package dev.lakewright.text;
