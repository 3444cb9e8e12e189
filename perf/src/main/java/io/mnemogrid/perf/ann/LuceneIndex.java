package io.mnemogrid.perf.ann;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.RescoreTopNQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;
import org.jspecify.annotations.Nullable;

/**
 * Lucene's HNSW in one segment of a memory-mapped directory, searched by an {@link IndexSearcher}
 * without a query cache. With an encoding, the graph is walked over quantised vectors; where {@code
 * rescored}, all {@code ef} hits of the walk are scored again with the full ones by Lucene's own
 * query for it.
 *
 * <p>With more threads than one, each fills a segment, and these are then merged.
 */
final class LuceneIndex implements JvmIndex {
  private static final String VECTOR = "vector";
  private static final String NUMBER = "number";
  private static final double BUFFER_MEGABYTES = 1_900;

  private final String name;
  private final @Nullable ScalarEncoding encoding;
  private final boolean rescored;
  private final Path folder;
  private final Directory directory;
  private @Nullable DirectoryReader reader;
  private int[] numberOfDocument = {};

  LuceneIndex(String name, @Nullable ScalarEncoding encoding, boolean rescored) {
    this.name = name;
    this.encoding = encoding;
    this.rescored = rescored;
    try {
      folder = Files.createTempDirectory("lucene");
      directory = new MMapDirectory(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    String release = "Lucene " + JarVersion.of(IndexWriter.class, "lucene-core");
    return release
        + (encoding == null ? ", full vectors" : ", " + encoding)
        + (rescored ? ", all ef hits scored again with full vectors" : "");
  }

  @Override
  public int buildThreadsMost() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void build(float[][] vectors, GraphParameters parameters, int threads) {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      KnnVectorsFormat format = format(parameters, threads, threads == 1 ? null : pool);
      var config =
          new IndexWriterConfig()
              .setCodec(codec(format))
              .setUseCompoundFile(false)
              .setRAMBufferSizeMB(BUFFER_MEGABYTES)
              .setMergeScheduler(new SerialMergeScheduler());
      try (var writer = new IndexWriter(directory, config)) {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          int first = i;
          running.add(pool.submit(() -> add(writer, vectors, first, threads)));
        }
        for (Future<?> one : running) {
          one.get();
        }
        writer.forceMerge(1);
        writer.commit();
      }
      open(vectors.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException("the build failed", e);
    }
  }

  private KnnVectorsFormat format(
      GraphParameters parameters, int threads, @Nullable ExecutorService pool) {
    int m = parameters.m();
    int beamWidth = parameters.efConstruction();
    return encoding == null
        ? new Lucene99HnswVectorsFormat(m, beamWidth, threads, pool)
        : new Lucene104HnswScalarQuantizedVectorsFormat(encoding, m, beamWidth, threads, pool);
  }

  private static Lucene104Codec codec(KnnVectorsFormat format) {
    return new Lucene104Codec() {
      @Override
      public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return format;
      }
    };
  }

  private static void add(IndexWriter writer, float[][] vectors, int first, int step) {
    try {
      for (int i = first; i < vectors.length; i += step) {
        var document = new Document();
        document.add(
            new KnnFloatVectorField(VECTOR, vectors[i], VectorSimilarityFunction.DOT_PRODUCT));
        document.add(new NumericDocValuesField(NUMBER, i));
        writer.addDocument(document);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void open(int count) throws IOException {
    DirectoryReader opened = DirectoryReader.open(directory);
    reader = opened;
    if (opened.leaves().size() != 1 || opened.maxDoc() != count) {
      throw new IllegalStateException("not one whole segment: " + opened);
    }
    LeafReader leaf = opened.leaves().getFirst().reader();
    var numbers = Objects.requireNonNull(leaf.getNumericDocValues(NUMBER));
    numberOfDocument = new int[count];
    while (numbers.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
      numberOfDocument[numbers.docID()] = (int) numbers.longValue();
    }
  }

  /** All files, of which the numbers' and the segment's own are a few bytes a vector. */
  @Override
  public long bytes() {
    try {
      long bytes = 0;
      for (String file : directory.listAll()) {
        bytes += directory.fileLength(file);
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Searcher newSearcher() {
    var searcher = new IndexSearcher(Objects.requireNonNull(reader, "not built"));
    searcher.setQueryCache(null);
    return (query, ef, into) -> {
      try {
        ScoreDoc[] hits = searcher.search(query(query, ef, into.length), into.length).scoreDocs;
        for (int i = 0; i < hits.length; i++) {
          into[i] = numberOfDocument[hits[i].doc];
        }
        return hits.length;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private Query query(float[] vector, int ef, int k) {
    var nearest = new KnnFloatVectorQuery(VECTOR, vector, ef);
    return rescored
        ? RescoreTopNQuery.createFullPrecisionRescorerQuery(nearest, vector, VECTOR, k)
        : nearest;
  }

  @Override
  public void close() {
    try {
      if (reader != null) {
        reader.close();
      }
      for (String file : directory.listAll()) {
        directory.deleteFile(file);
      }
      directory.close();
      Files.deleteIfExists(folder.resolve(IndexWriter.WRITE_LOCK_NAME));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
