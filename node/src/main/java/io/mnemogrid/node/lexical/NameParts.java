package io.mnemogrid.node.lexical;

import java.io.IOException;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.FilteringTokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterIterator;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionLengthAttribute;

/**
 * Adds the words that a name is made of to the name, as "api" and "key" to "api_key" and "node" to
 * "node.js": whoever asks may know only one of them. Numbers stay whole, and single letters are no
 * words, as those of abbreviations.
 */
final class NameParts extends FilteringTokenFilter {
  private static final int FLAGS =
      WordDelimiterGraphFilter.PRESERVE_ORIGINAL | WordDelimiterGraphFilter.GENERATE_WORD_PARTS;

  private static final byte[] KINDS = kinds();

  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final PositionLengthAttribute length = addAttribute(PositionLengthAttribute.class);
  private final PositionIncrementAttribute step = addAttribute(PositionIncrementAttribute.class);
  private int partsToCome;

  NameParts(TokenStream words) {
    super(new WordDelimiterGraphFilter(words, false, KINDS, FLAGS, CharArraySet.EMPTY_SET));
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    partsToCome = 0;
  }

  /** A name comes before its parts, spans the places of them all, and shares that of the first. */
  @Override
  protected boolean accept() {
    if (partsToCome > 0) {
      partsToCome--;
    } else if (step.getPositionIncrement() > 0) {
      partsToCome = length.getPositionLength() > 1 ? length.getPositionLength() : 0;
      return true;
    }
    return term.length() > 1;
  }

  private static byte[] kinds() {
    byte[] kinds = WordDelimiterIterator.DEFAULT_WORD_DELIM_TABLE.clone();
    kinds['\''] = WordDelimiterIterator.ALPHA; // "don't" is one word
    return kinds;
  }
}
