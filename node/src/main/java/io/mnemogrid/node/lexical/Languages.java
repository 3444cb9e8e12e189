package io.mnemogrid.node.lexical;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.bn.BengaliAnalyzer;
import org.apache.lucene.analysis.br.BrazilianAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.ckb.SoraniAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.et.EstonianAnalyzer;
import org.apache.lucene.analysis.eu.BasqueAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.ga.IrishAnalyzer;
import org.apache.lucene.analysis.gl.GalicianAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.hy.ArmenianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.lt.LithuanianAnalyzer;
import org.apache.lucene.analysis.lv.LatvianAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.ConditionalTokenFilter;
import org.apache.lucene.analysis.ne.NepaliAnalyzer;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sr.SerbianAnalyzer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.ta.TamilAnalyzer;
import org.apache.lucene.analysis.te.TeluguAnalyzer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/** The analyzers by name: our own for English and for all languages, Lucene's for the others. */
final class Languages {
  /** The only one whose analyzer leaves Latin letters in upper case as they are. */
  private static final String TELUGU = "telugu";

  private static final String CJK = "cjk";

  private static final int ALL_SCRIPTS =
      CJKBigramFilter.HAN
          | CJKBigramFilter.HIRAGANA
          | CJKBigramFilter.KATAKANA
          | CJKBigramFilter.HANGUL;

  private static final SortedMap<String, Supplier<Analyzer>> LUCENES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("arabic", ArabicAnalyzer::new),
              Map.entry("armenian", ArmenianAnalyzer::new),
              Map.entry("basque", BasqueAnalyzer::new),
              Map.entry("bengali", BengaliAnalyzer::new),
              Map.entry("brazilian", BrazilianAnalyzer::new),
              Map.entry("bulgarian", BulgarianAnalyzer::new),
              Map.entry("catalan", CatalanAnalyzer::new),
              Map.entry(CJK, CJKAnalyzer::new),
              Map.entry("czech", CzechAnalyzer::new),
              Map.entry("danish", DanishAnalyzer::new),
              Map.entry("dutch", DutchAnalyzer::new),
              Map.entry("estonian", EstonianAnalyzer::new),
              Map.entry("finnish", FinnishAnalyzer::new),
              Map.entry("french", FrenchAnalyzer::new),
              Map.entry("galician", GalicianAnalyzer::new),
              Map.entry("german", GermanAnalyzer::new),
              Map.entry("greek", GreekAnalyzer::new),
              Map.entry("hindi", HindiAnalyzer::new),
              Map.entry("hungarian", HungarianAnalyzer::new),
              Map.entry("indonesian", IndonesianAnalyzer::new),
              Map.entry("irish", IrishAnalyzer::new),
              Map.entry("italian", ItalianAnalyzer::new),
              Map.entry("latvian", LatvianAnalyzer::new),
              Map.entry("lithuanian", LithuanianAnalyzer::new),
              Map.entry("nepali", NepaliAnalyzer::new),
              Map.entry("norwegian", NorwegianAnalyzer::new),
              Map.entry("persian", PersianAnalyzer::new),
              Map.entry("portuguese", PortugueseAnalyzer::new),
              Map.entry("romanian", RomanianAnalyzer::new),
              Map.entry("russian", RussianAnalyzer::new),
              Map.entry("serbian", SerbianAnalyzer::new),
              Map.entry("sorani", SoraniAnalyzer::new),
              Map.entry("spanish", SpanishAnalyzer::new),
              Map.entry("swedish", SwedishAnalyzer::new),
              Map.entry("tamil", TamilAnalyzer::new),
              Map.entry(TELUGU, TeluguAnalyzer::new),
              Map.entry("thai", ThaiAnalyzer::new),
              Map.entry("turkish", TurkishAnalyzer::new)));

  private static final SortedSet<String> NAMES = allNames();

  private Languages() {}

  private static SortedSet<String> allNames() {
    SortedSet<String> names = new TreeSet<>(LUCENES.keySet());
    names.add(Analysis.ENGLISH);
    names.add(Analysis.NEUTRAL);
    return Collections.unmodifiableSortedSet(names);
  }

  static SortedSet<String> names() {
    return NAMES;
  }

  static TermSource documents(String name) {
    return switch (name) {
      case Analysis.ENGLISH -> english(EnglishAnalyzer.ENGLISH_STOP_WORDS_SET);
      case Analysis.NEUTRAL -> neutral(true);
      case CJK -> new TermSource(PreparedText::composed, new Cjk());
      case TELUGU -> new TermSource(Languages::composedInLowerCase, analyzer(name));
      default -> new TermSource(PreparedText::composed, analyzer(name));
    };
  }

  /** What reads questions otherwise than documents, where the language has it. */
  static Optional<TermSource> questions(String name) {
    return switch (name) {
      case Analysis.ENGLISH -> Optional.of(english(QuestionWords.withStopWords()));
      case Analysis.NEUTRAL -> Optional.of(neutral(false));
      case CJK -> Optional.of(new TermSource(PreparedText::composed, analyzer(name)));
      default -> Optional.empty();
    };
  }

  private static TermSource neutral(boolean withSingles) {
    return new TermSource(PreparedText::folded, new Neutral(withSingles));
  }

  private static String composedInLowerCase(String text) {
    return PreparedText.composed(text).toLowerCase(Locale.ROOT);
  }

  private static Analyzer analyzer(String name) {
    Supplier<Analyzer> known = LUCENES.get(name);
    if (known == null) {
      throw new IllegalArgumentException("no analyzer for " + name);
    }
    return known.get();
  }

  private static TermSource english(CharArraySet stopWords) {
    return new TermSource(PreparedText::composed, new English(stopWords));
  }

  private static final class English extends Analyzer {
    private final CharArraySet stopWords;

    English(CharArraySet stopWords) {
      this.stopWords = stopWords;
    }

    @Override
    protected TokenStreamComponents createComponents(String fieldName) {
      Tokenizer words = new StandardTokenizer();
      TokenStream terms = new EnglishPossessiveFilter(words);
      terms = new ASCIIFoldingFilter(new LowerCaseFilter(terms));
      // After folding, which makes all apostrophes one.
      terms = new NameParts(terms);
      terms = new PorterStemFilter(new StopFilter(terms, stopWords));
      return new TokenStreamComponents(words, terms);
    }
  }

  /** As Lucene's, and with the single characters, which may be all that a question has. */
  private static final class Cjk extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String fieldName) {
      Tokenizer words = new StandardTokenizer();
      TokenStream terms = new LowerCaseFilter(new CJKWidthFilter(words));
      terms = new CJKBigramFilter(terms, ALL_SCRIPTS, true);
      return new TokenStreamComponents(
          words, new StopFilter(terms, CJKAnalyzer.getDefaultStopSet()));
    }
  }

  /** Scripts that are written without spaces are cut into pairs of characters. */
  private static final class Neutral extends Analyzer {
    private final boolean withSingles;

    /**
     * @param withSingles whether each character is a term too: one may be all that a question has
     */
    Neutral(boolean withSingles) {
      this.withSingles = withSingles;
    }

    @Override
    protected TokenStreamComponents createComponents(String fieldName) {
      Tokenizer words = new StandardTokenizer();
      TokenStream terms = new CJKBigramFilter(new LowerCaseFilter(words), ALL_SCRIPTS, withSingles);
      return new TokenStreamComponents(
          words, new ASCIIFoldingFilter(new SoutheastAsian(terms, withSingles)));
    }
  }

  /** Cuts Thai, Lao, Khmer and Burmese into pairs. */
  private static final class SoutheastAsian extends ConditionalTokenFilter {
    private static final String TYPE =
        StandardTokenizer.TOKEN_TYPES[StandardTokenizer.SOUTHEAST_ASIAN];
    private final TypeAttribute type = addAttribute(TypeAttribute.class);
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

    SoutheastAsian(TokenStream in, boolean withSingles) {
      super(in, words -> new NGramTokenFilter(words, withSingles ? 1 : 2, 2, false));
    }

    @Override
    protected boolean shouldFilter() {
      return term.length() > 1 && type.type().equals(TYPE);
    }
  }
}
