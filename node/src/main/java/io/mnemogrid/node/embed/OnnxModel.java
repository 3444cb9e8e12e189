package io.mnemogrid.node.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The session of ONNX Runtime: windows of token ids in, L2-normalised vectors out. One session
 * serves all threads; each brings its own {@link Buffers}.
 *
 * <p>Choices, each measured: a run stays on the thread that calls it (several callers of one thread
 * each do more with the same cores than one caller of several, whose helpers spin while they wait);
 * the model is read from a file, not from an array (50 MB less resident); the allocator's arena
 * stays (without it memory grew to four times as much); and its plans by shape do not, since there
 * is one for each pair of rows and length ever seen.
 */
final class OnnxModel implements AutoCloseable {
  private static final String OUTPUT = "last_hidden_state";

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final int dimension;

  private OnnxModel(OrtEnvironment environment, OrtSession session, int dimension) {
    this.environment = environment;
    this.session = session;
    this.dimension = dimension;
  }

  /**
   * @throws IOException when the file is no model that the runtime can open
   */
  static OnnxModel open(Path file, int dimension) throws IOException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment("mnemogrid");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setMemoryPatternOptimization(false);
      OrtSession session = environment.createSession(file.toString(), options);
      return new OnnxModel(environment, session, dimension);
    } catch (OrtException e) {
      throw new IOException("the embedding model cannot be opened: " + e.getMessage(), e);
    }
  }

  /** Memory outside the heap for one run at a time. */
  static final class Buffers {
    private final LongBuffer ids;
    private final LongBuffer mask;
    private final LongBuffer types;
    private final FloatBuffer states;

    /**
     * @param arena of the thread that will run the model
     * @param tokens most tokens of a run, padding included
     */
    Buffers(Arena arena, int tokens, int dimension) {
      ids = longs(arena, tokens);
      mask = longs(arena, tokens);
      types = longs(arena, tokens); // stays zero: there is one segment
      states =
          arena
              .allocate(ValueLayout.JAVA_FLOAT, (long) tokens * dimension)
              .asByteBuffer()
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
    }

    private static LongBuffer longs(Arena arena, int count) {
      return arena
          .allocate(ValueLayout.JAVA_LONG, count)
          .asByteBuffer()
          .order(ByteOrder.nativeOrder())
          .asLongBuffer();
    }
  }

  /**
   * Embeds windows together, padding them to the longest.
   *
   * @return one {@code float[dimension]} a window, L2-normalised
   * @throws OrtException when the runtime fails, or gives numbers that are no vector
   */
  float[][] run(List<int[]> windows, Buffers buffers) throws OrtException {
    int rows = windows.size();
    int width = windows.stream().mapToInt(window -> window.length).max().orElseThrow();
    fill(windows, width, buffers);
    int cells = rows * width;
    long[] shape = {rows, width};
    long[] stateShape = {rows, width, dimension};
    FloatBuffer room = buffers.states.slice(0, cells * dimension);
    try (OnnxTensor ids = tensor(buffers.ids, cells, shape);
        OnnxTensor mask = tensor(buffers.mask, cells, shape);
        OnnxTensor types = tensor(buffers.types, cells, shape);
        OnnxTensor states = OnnxTensor.createTensor(environment, room, stateShape);
        OrtSession.Result _ =
            session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types),
                Set.of(),
                Map.of(OUTPUT, states))) {
      float[][] vectors = new float[rows][dimension];
      for (int row = 0; row < rows; row++) {
        // The state of a window's first token is its vector: CLS pooling.
        buffers.states.get(row * width * dimension, vectors[row]);
        if (!UnitLength.scale(vectors[row])) {
          throw new OrtException("the model gave a vector without direction");
        }
      }
      return vectors;
    }
  }

  private OnnxTensor tensor(LongBuffer values, int cells, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment, values.slice(0, cells), shape);
  }

  private static void fill(List<int[]> windows, int width, Buffers buffers) {
    int cell = 0;
    for (int[] window : windows) {
      for (int i = 0; i < width; i++, cell++) {
        boolean real = i < window.length;
        buffers.ids.put(cell, real ? window[i] : 0);
        buffers.mask.put(cell, real ? 1 : 0);
      }
    }
  }

  /** No run may be under way. */
  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("the embedding model cannot be closed", e);
    }
  }
}
