/**
 * Text analysis: tokens by Apache Lucene, word and character n-grams as runs of UTF-8 bytes, and
 * their hash. The same text gives the same n-grams and hashes everywhere, for ever. Knows nothing
 * of records, columns or what is learnt from data.
 */
package dev.lakewright.text;
