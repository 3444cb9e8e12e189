package io.mnemogrid.node.lexical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scores are those of Lucene's BM25, after any updates and removals, in one index and in sixteen
 * that add up their statistics. Texts are short: Lucene keeps lengths in a byte, which is exact up
 * to 39.
 */
class LuceneComparisonTest {
  private static final String ID = "id";
  private static final String TEXT = "text";
  private static final int WORDS_MAX = 39;
  private static final int TEXTS_MAX = 1_500;
  private static final int QUESTIONS = 40;
  private static final float TOLERANCE = 1e-4f;

  private final Analysis english = Analysis.named(Analysis.ENGLISH);
  private final TermDictionary dictionary = new TermDictionary();
  private final Map<Integer, String> texts = new TreeMap<>();

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 6);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void oneIndexScoresAsLuceneDoes(long seed) throws IOException {
    compare(seed, 1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void sixteenIndexesScoreAsLuceneDoesOverAll(long seed) throws IOException {
    compare(seed, 16);
  }

  private void compare(long seed, int shards) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    LexicalIndex[] indexes = new LexicalIndex[shards];
    Arrays.setAll(indexes, i -> new LexicalIndex(dictionary, random.nextInt(2_000)));
    IndexWriterConfig config = new IndexWriterConfig(new EnglishAnalyzer());
    try (ByteBuffersDirectory directory = new ByteBuffersDirectory();
        IndexWriter lucene = new IndexWriter(directory, config)) {
      write(random, indexes, lucene);
      lucene.forceMerge(1); // or removed documents would count
      try (DirectoryReader reader = DirectoryReader.open(lucene)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        float k1 = random.nextBoolean() ? 0.9f : 1.2f;
        float b = random.nextBoolean() ? 0.4f : 0.75f;
        searcher.setSimilarity(new BM25Similarity(k1, b));
        for (int i = 0; i < QUESTIONS; i++) {
          List<String> terms = english.question(Corpus.sentence(random, 8));
          assertThat(ourScores(indexes, terms, new Bm25(k1, b)))
              .as("seed %d, %s", seed, terms)
              .satisfies(ours -> assertAlike(ours, lucenesScores(searcher, terms)));
        }
      }
    }
    Arrays.stream(indexes).forEach(LexicalIndex::close);
    assertThat(dictionary.size()).isZero();
  }

  private void write(SplittableRandom random, LexicalIndex[] indexes, IndexWriter lucene)
      throws IOException {
    for (int i = random.nextInt(TEXTS_MAX); i >= 0; i--) {
      int id = random.nextInt(TEXTS_MAX);
      LexicalIndex index = indexes[id % indexes.length];
      int slot = id / indexes.length;
      if (random.nextInt(4) == 0) {
        texts.remove(id);
        index.remove(slot);
        lucene.deleteDocuments(new Term(ID, String.valueOf(id)));
      } else {
        String text = Corpus.sentence(random, WORDS_MAX);
        texts.put(id, text);
        index.put(slot, english.document(text));
        Document document = new Document();
        document.add(new StringField(ID, String.valueOf(id), Field.Store.YES));
        document.add(new TextField(TEXT, text, Field.Store.NO));
        lucene.updateDocument(new Term(ID, String.valueOf(id)), document);
      }
    }
  }

  private static Map<Integer, Float> ourScores(
      LexicalIndex[] indexes, List<String> terms, Bm25 parameters) {
    Statistics all =
        Arrays.stream(indexes)
            .map(index -> index.statistics(terms))
            .reduce(Statistics.none(terms.size()), Statistics::plus);
    LexicalQuery query = new LexicalQuery(terms, all, parameters);
    Map<Integer, Float> scores = new HashMap<>();
    for (int shard = 0; shard < indexes.length; shard++) {
      LexicalHits hits = indexes[shard].best(query, TEXTS_MAX, slot -> true);
      for (int i = 0; i < hits.count(); i++) {
        scores.put(hits.slot(i) * indexes.length + shard, hits.score(i));
        assertThat(indexes[shard].score(query, hits.slot(i))).isEqualTo(hits.score(i));
      }
    }
    return scores;
  }

  private static Map<Integer, Float> lucenesScores(IndexSearcher searcher, List<String> terms)
      throws IOException {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    terms.forEach(term -> query.add(new TermQuery(new Term(TEXT, term)), Occur.SHOULD));
    Map<Integer, Float> scores = new HashMap<>();
    List<ScoreDoc> hits =
        new ArrayList<>(Arrays.asList(searcher.search(query.build(), TEXTS_MAX).scoreDocs));
    for (ScoreDoc hit : hits) {
      String id = searcher.storedFields().document(hit.doc).get(ID);
      scores.put(Integer.valueOf(id), hit.score);
    }
    return scores;
  }

  private static void assertAlike(Map<Integer, Float> ours, Map<Integer, Float> lucenes) {
    assertThat(ours.keySet()).isEqualTo(lucenes.keySet());
    ours.forEach((id, score) ->
        assertThat(score).as("text %d", id).isCloseTo(lucenes.get(id), within(TOLERANCE)));
  }
}
