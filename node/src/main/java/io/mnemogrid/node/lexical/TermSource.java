package io.mnemogrid.node.lexical;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.AnalyzerWrapper;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.jspecify.annotations.Nullable;

/**
 * Reads terms out of texts with one of Lucene's analyzers. Any thread.
 *
 * <p>An analyzer keeps a chain of filters for each thread that ever used it, which does not suit
 * many short-lived threads; here the chains are lent, and no more are kept than can be in use.
 */
final class TermSource {
  private static final String FIELD = "text";
  private static final char TEXT_STYLE = '\uFE0E';
  private static final char EMOJI_STYLE = '\uFE0F';

  private final UnaryOperator<String> preparation;
  private final Analyzer analyzer;
  private final BlockingQueue<Chain> idle =
      new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());

  /**
   * @param preparation what is done to a text first
   */
  TermSource(UnaryOperator<String> preparation, Analyzer analyzer) {
    this.preparation = preparation;
    this.analyzer = analyzer;
  }

  /** Hands out the text's terms in their order, as long as {@code taker} wants more. */
  void read(String text, Predicate<String> taker) {
    Chain kept = idle.poll();
    Chain chain = kept == null ? new Chain(analyzer) : kept;
    try (TokenStream stream = chain.tokenStream(FIELD, prepared(text))) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      boolean wanted = true;
      while (wanted && stream.incrementToken()) {
        String shaped = shaped(term);
        wanted = shaped.isEmpty() || taker.test(shaped);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a text could not be read", e);
    }
    idle.offer(chain); // one that failed is not used again
  }

  private String prepared(String text) {
    return SignedNames.spelledOut(preparation.apply(text));
  }

  /** The same sign with and without a request for its style is the same term. */
  private static String shaped(CharTermAttribute read) {
    String term = read.toString();
    if (term.indexOf(EMOJI_STYLE) >= 0 || term.indexOf(TEXT_STYLE) >= 0) {
      term = term.replace(String.valueOf(EMOJI_STYLE), "").replace(String.valueOf(TEXT_STYLE), "");
    }
    if (term.length() <= DocumentTerms.TERM_CHARS_MAX) {
      return term;
    }
    boolean splitsPair = Character.isHighSurrogate(term.charAt(DocumentTerms.TERM_CHARS_MAX - 1));
    return term.substring(0, DocumentTerms.TERM_CHARS_MAX - (splitsPair ? 1 : 0));
  }

  /** One thread at a time. */
  private static final class Chain extends AnalyzerWrapper {
    private final Analyzer analyzer;

    Chain(Analyzer analyzer) {
      super(new KeptByOwner());
      this.analyzer = analyzer;
    }

    @Override
    protected Analyzer getWrappedAnalyzer(String fieldName) {
      return analyzer;
    }
  }

  private static final class KeptByOwner extends Analyzer.ReuseStrategy {
    private Analyzer.@Nullable TokenStreamComponents kept;

    @Override
    public Analyzer.@Nullable TokenStreamComponents getReusableComponents(
        Analyzer analyzer, String fieldName) {
      return kept;
    }

    @Override
    public void setReusableComponents(
        Analyzer analyzer, String fieldName, Analyzer.TokenStreamComponents components) {
      kept = components;
    }
  }
}
