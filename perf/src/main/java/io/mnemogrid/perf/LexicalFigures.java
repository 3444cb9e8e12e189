package io.mnemogrid.perf;

import io.mnemogrid.node.lexical.Analysis;
import io.mnemogrid.node.lexical.Bm25;
import io.mnemogrid.node.lexical.DocumentTerms;
import io.mnemogrid.node.lexical.LexicalIndex;
import io.mnemogrid.node.lexical.LexicalQuery;
import io.mnemogrid.node.lexical.LexicalSearch;
import io.mnemogrid.node.lexical.TermDictionary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What lexical indexes of real texts take, and how fast they are: many small ones, and one that
 * grows.
 */
public final class LexicalFigures {
  private static final String COMMAND =
      "java @config/jvm.args -cp perf/target/classes:node/target/node.jar"
          + " io.mnemogrid.perf.LexicalFigures <texts directory> ";
  private static final int COUNT = 100_000;
  private static final int[] SIZES = {50, 1_000, 2_000, 5_000, 10_000, 30_000, 100_000};
  private static final int SMALL_INDEXES = 1_000;
  private static final int SMALL_SIZE = 50;
  private static final int K = 100;
  private static final int IMAGES = 9;
  private static final int WARM_UP_IMAGES = 20;
  private static final int WARM_UP_ROUNDS = 3;
  private static final int CANDIDATES = 500;
  private static final int COLLECTIONS = 3;
  private static final double NANOS = 1e9;
  private static final double MICROS = 1e3;

  private final List<DocumentTerms> documents;
  private final List<List<String>> questions;
  private final Report report;
  private TermDictionary dictionary = new TermDictionary();

  LexicalFigures(List<DocumentTerms> documents, List<List<String>> questions, Report report) {
    this.documents = documents;
    this.questions = questions;
    this.report = report;
  }

  /** Arguments: a directory with base.txt.gz and queries.txt.gz, texts (100,000 by default). */
  public static void main(String[] args) {
    Path directory = Path.of(args[0]);
    int count = args.length > 1 ? Integer.parseInt(args[1]) : COUNT;
    List<String> texts = TextLines.read(directory.resolve("base.txt.gz"), count);
    List<String> asked = TextLines.read(directory.resolve("queries.txt.gz"), count);
    try (Report report = Report.open("lexical", COMMAND + count)) {
      measure(texts, asked, report);
    }
  }

  static void measure(List<String> texts, List<String> asked, Report report) {
    Analysis english = Analysis.named(Analysis.ENGLISH);
    texts.forEach(english::document);
    long start = System.nanoTime();
    List<DocumentTerms> documents = texts.stream().map(english::document).toList();
    report.line(
        "analysis of %,d texts: %.1f us each, %.1f terms, %.1f of them distinct",
        texts.size(),
        (System.nanoTime() - start) / 1e3 / texts.size(),
        documents.stream().mapToInt(DocumentTerms::length).average().orElse(0),
        documents.stream().mapToInt(DocumentTerms::size).average().orElse(0));
    List<List<String>> questions =
        asked.stream().map(english::question).filter(terms -> !terms.isEmpty()).toList();
    report.line(
        "%,d questions of %.1f terms",
        questions.size(), questions.stream().mapToInt(List::size).average().orElse(0));
    var figures = new LexicalFigures(documents, questions, report);
    figures.measureSmall();
    figures.measureGrowing();
  }

  private void measureSmall() {
    report.line("bytes of heap an index, of %,d alike:", SMALL_INDEXES);
    report.line("  empty               %,10d", bytesEach(() -> new LexicalIndex(dictionary)));
    List<DocumentTerms> few = documents.subList(0, SMALL_SIZE);
    report.line(
        "  %d memories         %,10d   of %.1f distinct terms each",
        SMALL_SIZE,
        bytesEach(() -> filled(SMALL_SIZE)),
        few.stream().mapToInt(DocumentTerms::size).average().orElse(0));
  }

  private LexicalIndex filled(int size) {
    LexicalIndex index = new LexicalIndex(dictionary);
    for (int slot = 0; slot < size; slot++) {
      index.put(slot, documents.get(slot));
    }
    return index;
  }

  private long bytesEach(Supplier<LexicalIndex> made) {
    List<LexicalIndex> indexes = new ArrayList<>(SMALL_INDEXES + 1);
    indexes.add(made.get()); // the terms are there before the count
    long before = heapBytes();
    for (int i = 0; i < SMALL_INDEXES; i++) {
      indexes.add(made.get());
    }
    long bytes = (heapBytes() - before) / SMALL_INDEXES;
    indexes.forEach(LexicalIndex::close);
    return bytes;
  }

  private void measureGrowing() {
    measureOnce(documents.size()); // compiled before the first figure
    report.line(
        "%9s %9s %9s %9s %9s %9s %9s %9s %9s",
        "memories", "bytes", "with its", "puts", "count", "best", "best", "score", "image");
    report.line(
        "%9s %9s %9s %9s %9s %9s %9s %9s %9s",
        "", "a memory", "terms", "a second", "us p50", "us p50", "us p99", "us of 500", "MB");
    for (int size : SIZES) {
      if (size <= documents.size()) {
        report.line("%s", measureOnce(size));
      }
    }
    measureImages();
    measureChange();
  }

  /**
   * As a partition that moves: a member writes it down, and another, with no terms yet, reads it.
   */
  private void measureImages() {
    dictionary = new TermDictionary();
    report.line("%9s %9s %9s %9s", "memories", "image", "written", "read");
    report.line("%9s %9s %9s %9s", "", "MB", "ms p50", "ms p50");
    for (int size : SIZES) {
      if (size <= documents.size()) {
        report.line("%s", measureImage(size));
      }
    }
  }

  private String measureImage(int size) {
    LexicalIndex index = filled(size);
    Latencies written = new Latencies(IMAGES);
    Latencies read = new Latencies(IMAGES);
    byte[] image = {};
    for (int i = 0; i < IMAGES + WARM_UP_IMAGES; i++) {
      long start = System.nanoTime();
      image = imageOf(index);
      long made = System.nanoTime();
      read(image, new TermDictionary());
      long end = System.nanoTime();
      if (i >= WARM_UP_IMAGES) {
        written.took(i - WARM_UP_IMAGES, made - start);
        read.took(i - WARM_UP_IMAGES, end - made);
      }
    }
    index.close();
    return "%,9d %9.2f %9.2f %9.2f"
        .formatted(size, image.length / 1e6, written.millis(0.5), read.millis(0.5));
  }

  private String measureOnce(int size) {
    dictionary = new TermDictionary();
    long before = heapBytes();
    long start = System.nanoTime();
    LexicalIndex index = filled(size);
    double seconds = (System.nanoTime() - start) / NANOS;
    long withTerms = heapBytes() - before;
    LexicalIndex other = filled(size); // its terms are there already
    long alone = heapBytes() - before - withTerms;
    other.close();
    byte[] image = imageOf(index);
    Latencies count = new Latencies(questions.size());
    Latencies best = new Latencies(questions.size());
    Latencies score = new Latencies(questions.size());
    for (int round = 0; round <= WARM_UP_ROUNDS; round++) {
      for (int i = 0; i < questions.size(); i++) {
        ask(index, i, count, best, score);
      }
    }
    index.close();
    return "%,9d %,9d %,9d %,9.0f %9.1f %9.1f %9.1f %9.1f %9.2f"
        .formatted(
            size,
            alone / size,
            withTerms / size,
            size / seconds,
            MICROS * count.millis(0.5),
            MICROS * best.millis(0.5),
            MICROS * best.millis(0.99),
            MICROS * score.millis(0.5),
            image.length / 1e6);
  }

  private void ask(
      LexicalIndex index, int question, Latencies count, Latencies best, Latencies score) {
    List<String> terms = questions.get(question);
    long start = System.nanoTime();
    var query = new LexicalQuery(terms, index.statistics(terms), Bm25.DEFAULT);
    long counted = System.nanoTime();
    try (LexicalSearch search = index.search(query)) {
      search.best(K, slot -> true);
      long found = System.nanoTime();
      float sum = 0;
      for (int i = 0; i < CANDIDATES; i++) {
        sum += search.score(i * 37 % index.documents());
      }
      long scored = System.nanoTime();
      count.took(question, counted - start);
      best.took(question, found - counted);
      score.took(question, sum < 0 ? 0 : scored - found);
    }
  }

  private void measureChange() {
    LexicalIndex index = filled(documents.size());
    Latencies replaced = new Latencies(documents.size());
    for (int i = 0; i < documents.size(); i++) {
      long began = System.nanoTime();
      index.put(i * 31 % documents.size(), documents.get(i));
      replaced.took(i, System.nanoTime() - began);
    }
    report.line(
        "a document replaced: p50 %.1f us, p99 %.1f us, most %.1f us",
        MICROS * replaced.millis(0.5), MICROS * replaced.millis(0.99), MICROS * replaced.millis(1));
    index.close();
  }

  private static byte[] imageOf(LexicalIndex index) {
    var bytes = new ByteArrayOutputStream();
    try {
      index.writeTo(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void read(byte[] image, TermDictionary elsewhere) {
    try {
      LexicalIndex.readFrom(new DataInputStream(new ByteArrayInputStream(image)), elsewhere);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long heapBytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
