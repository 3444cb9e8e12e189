package io.mnemogrid.node.embed;

import ai.onnxruntime.OrtException;
import io.mnemogrid.node.embed.OnnxModel.Buffers;
import io.mnemogrid.node.embed.OpenModels.Lease;
import io.mnemogrid.node.embed.Task.Run;
import io.mnemogrid.node.embed.Task.Slice;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.model.Uninterrupted;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few threads on which all models run, and the queues before them. Stages complete on these
 * threads: what follows must not block. Safe for any thread.
 */
final class Workers implements AutoCloseable {
  static final int TEXT_CHARS_MAX = 131_072;
  private static final Duration OPENING_RETRY = Duration.ofSeconds(30);
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  private final Lanes lanes;
  private final Pace pace;
  private final int bufferTokens;
  private final int bufferFloats;
  private final List<Thread> threads = new ArrayList<>();
  private final LongAdder texts = new LongAdder();
  private final LongAdder runs = new LongAdder();
  private final LongAdder tokens = new LongAdder();
  private final LongAdder sampledTexts = new LongAdder();

  /**
   * Starts the threads.
   *
   * @param threadCount 0 for a number by the machine's cores
   * @param queueLimit places in each of the queues
   * @param readings all that will be asked for, to know how much memory a run takes at most
   */
  Workers(int threadCount, int queueLimit, List<Reading> readings) {
    int count = threadCount > 0 ? threadCount : threadsForThisMachine();
    pace = new Pace(count);
    lanes = new Lanes(queueLimit, pace);
    bufferTokens = readings.stream().mapToInt(Reading::mostTokens).max().orElseThrow();
    bufferFloats = readings.stream().mapToInt(Reading::mostFloats).max().orElseThrow();
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofPlatform().daemon().name("mnemogrid-embed-" + i).start(this::work));
    }
  }

  private static int threadsForThisMachine() {
    int cores = Runtime.getRuntime().availableProcessors();
    return Math.min(cores, Math.max(2, cores / 2));
  }

  /** Completes with one result a text, in order; fails when there is no room. */
  CompletableFuture<List<float[]>> submit(Urgency urgency, Reading reading, List<String> texts) {
    return lanes.submit(urgency, reading, texts);
  }

  private void work() {
    try (Arena arena = Arena.ofConfined()) {
      Buffers buffers = new Buffers(arena, bufferTokens, bufferFloats);
      for (Task task = lanes.take(); task != null; task = lanes.take()) {
        try (Lease lease = task.reading().models().lease(task.reading().files())) {
          switch (task) {
            case Slice slice -> lanes.ready(slice, windowsOf(slice, lease.model()));
            case Run run -> read(run, lease.model(), buffers);
          }
        } catch (IOException e) {
          String name = task.reading().files().card().name();
          LOG.error("the model {} could not be opened", name, e);
          task.fail(
              new Refusal.Unavailable(
                  "this node cannot open its model '%s'; its log says why".formatted(name),
                  OPENING_RETRY));
        } catch (InterruptedException e) {
          throw e;
        } catch (Throwable e) { // also an Error: a dead thread would leave callers waiting for ever
          LOG.error("a text could not be read by its model", e);
          task.fail(new IllegalStateException("a text could not be read by its model", e));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody interrupts these threads; end quietly if so
    }
  }

  private List<Window> windowsOf(Slice slice, OpenModel model) {
    List<Window> all = new ArrayList<>(slice.texts().size());
    for (int index : slice.texts()) {
      String text = slice.request().text(index);
      Cut cut =
          slice
              .reading()
              .cutting()
              .cut(
                  model,
                  text.length() <= TEXT_CHARS_MAX ? text : text.substring(0, TEXT_CHARS_MAX));
      Passage passage = new Passage(slice.request(), index, cut.windows().size());
      for (int i = 0; i < cut.windows().size(); i++) {
        all.add(new Window(passage, i, cut.windows().get(i)));
      }
      texts.increment();
      if (!cut.whole()) {
        sampledTexts.increment();
      }
    }
    return all;
  }

  private void read(Run run, OpenModel model, Buffers buffers) throws OrtException {
    long begin = System.nanoTime();
    List<Window> windows = run.windows();
    float[][] results = model.run(windows.stream().map(Window::tokens).toList(), buffers);
    pace.ran(windows.size(), System.nanoTime() - begin);
    runs.increment();
    for (int i = 0; i < results.length; i++) {
      Window window = windows.get(i);
      tokens.add(window.length());
      window.passage().put(window.number(), results[i]);
    }
  }

  /**
   * What the threads did.
   *
   * @param texts read, questions and texts to score among them
   * @param runs calls of a model
   * @param tokens read, without padding
   * @param sampledTexts too long to be read in full
   * @param placesTaken places of the queues in use now
   */
  record Figures(long texts, long runs, long tokens, long sampledTexts, int placesTaken) {}

  Figures figures() {
    return new Figures(texts.sum(), runs.sum(), tokens.sum(), sampledTexts.sum(), lanes.taken());
  }

  /**
   * Fails what waits and lets the runs under way end. Not to be called from a stage of these
   * workers.
   */
  @Override
  public void close() {
    lanes.close();
    // Whatever happens: the memory under a run must not be freed.
    threads.forEach(Uninterrupted::join);
  }
}
