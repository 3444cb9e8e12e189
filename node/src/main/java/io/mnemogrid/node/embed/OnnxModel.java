package io.mnemogrid.node.embed;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The session of ONNX Runtime: windows of token ids in, a vector or a score for each out. One
 * session serves all threads; each brings its own {@link Buffers}.
 *
 * <p>Choices, each measured: a run stays on the thread that calls it (several callers of one thread
 * each do more with the same cores than one caller of several, whose helpers spin while they wait);
 * the model is read from a file, not from an array (50 MB less resident); the allocator's arena
 * stays (without it memory grew to four times as much); and its plans by shape do not, since there
 * is one for each pair of rows and length ever seen.
 */
final class OnnxModel implements AutoCloseable {
  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";
  private static final Set<String> NEEDED = Set.of(IDS, MASK);
  private static final Set<String> INPUTS = Set.of(IDS, MASK, TYPES);

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final ModelCard card;
  private final boolean readsTypes;

  private OnnxModel(OrtEnvironment environment, OrtSession session, ModelCard card) {
    this.environment = environment;
    this.session = session;
    this.card = card;
    readsTypes = session.getInputNames().contains(TYPES);
  }

  /**
   * @throws IOException when the file is no model that the runtime can open, or has other inputs or
   *     another output than its card says
   */
  static OnnxModel open(Path file, ModelCard card) throws IOException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment("mnemogrid");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setMemoryPatternOptimization(false);
      OnnxModel model =
          new OnnxModel(environment, environment.createSession(file.toString(), options), card);
      try {
        model.requireInputs();
        model.requireOutput();
        return model;
      } catch (IOException e) {
        model.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new IOException("model.onnx: cannot be opened: " + e.getMessage(), e);
    }
  }

  private void requireInputs() throws IOException, OrtException {
    Map<String, NodeInfo> inputs = session.getInputInfo();
    if (!inputs.keySet().containsAll(NEEDED) || !INPUTS.containsAll(inputs.keySet())) {
      throw wrong(
          "the inputs must be %s, %s and, if at all, %s, were %s"
              .formatted(IDS, MASK, TYPES, new TreeSet<>(inputs.keySet())));
    }
    for (NodeInfo input : inputs.values()) {
      if (!(input.getInfo() instanceof TensorInfo tensor)
          || tensor.type != OnnxJavaType.INT64
          || tensor.getShape().length != 2) {
        throw wrong("the input %s must be of int64 [texts, tokens]".formatted(input.getName()));
      }
    }
  }

  private void requireOutput() throws IOException, OrtException {
    Map<String, NodeInfo> outputs = session.getOutputInfo();
    NodeInfo output = outputs.get(card.output());
    if (output == null) {
      throw wrong(
          "there is no output '%s' (model.properties, output); there are %s"
              .formatted(card.output(), new TreeSet<>(outputs.keySet())));
    }
    // Numbers below 0 stand for sizes that the model leaves open.
    long[] wanted = card.readout().shape(-1, -1);
    if (!(output.getInfo() instanceof TensorInfo tensor)
        || tensor.type != OnnxJavaType.FLOAT
        || !fits(tensor.getShape(), wanted)) {
      throw wrong(
          "the output '%s' must be of float32 %s, -1 for any number, was %s"
              .formatted(card.output(), Arrays.toString(wanted), output.getInfo()));
    }
  }

  private static boolean fits(long[] shape, long[] wanted) {
    boolean fits = shape.length == wanted.length;
    for (int i = 0; fits && i < shape.length; i++) {
      fits = shape[i] < 0 || wanted[i] < 0 || shape[i] == wanted[i];
    }
    return fits;
  }

  private static IOException wrong(String problem) {
    return new IOException("model.onnx: " + problem);
  }

  /** Memory outside the heap for one run at a time, of any model that it is large enough for. */
  static final class Buffers {
    private final LongBuffer ids;
    private final LongBuffer mask;
    private final LongBuffer types;
    private final FloatBuffer output;

    /**
     * @param arena of the thread that will run the models
     * @param tokens most tokens of a run, padding included
     * @param floats most floats that a model gives for a run
     */
    Buffers(Arena arena, int tokens, int floats) {
      ids = longs(arena, tokens);
      mask = longs(arena, tokens);
      types = longs(arena, tokens);
      output =
          arena
              .allocate(ValueLayout.JAVA_FLOAT, floats)
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
   * Reads windows together, padding them to the longest.
   *
   * @param padding token that they are padded with
   * @return one {@code float[card.readout().floats()]} a window
   * @throws OrtException when the runtime fails, or gives numbers that are no result
   */
  float[][] run(List<Tokens> windows, int padding, Buffers buffers) throws OrtException {
    int rows = windows.size();
    int width = windows.stream().mapToInt(Tokens::length).max().orElseThrow();
    long[] shape = {rows, width};
    int cells = rows * width;
    fill(buffers, windows, width, padding);
    long[] outputShape = card.readout().shape(rows, width);
    int floats = Math.toIntExact(Arrays.stream(outputShape).reduce(1, Math::multiplyExact));
    FloatBuffer room = buffers.output.slice(0, floats);
    try (OnnxTensor ids = tensor(buffers.ids, cells, shape);
        OnnxTensor mask = tensor(buffers.mask, cells, shape);
        OnnxTensor types = tensor(buffers.types, cells, shape);
        OnnxTensor output = OnnxTensor.createTensor(environment, room, outputShape);
        OrtSession.Result _ =
            session.run(inputs(ids, mask, types), Set.of(), Map.of(card.output(), output))) {
      float[][] results = new float[rows][];
      for (int row = 0; row < rows; row++) {
        results[row] =
            card.readout()
                .read(buffers.output, new Readout.Cell(row, width), windows.get(row).length());
      }
      return results;
    }
  }

  private Map<String, OnnxTensor> inputs(OnnxTensor ids, OnnxTensor mask, OnnxTensor types) {
    Map<String, OnnxTensor> inputs = HashMap.newHashMap(INPUTS.size());
    inputs.put(IDS, ids);
    inputs.put(MASK, mask);
    if (readsTypes) {
      inputs.put(TYPES, types);
    }
    return inputs;
  }

  private OnnxTensor tensor(LongBuffer values, int cells, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment, values.slice(0, cells), shape);
  }

  private static void fill(Buffers buffers, List<Tokens> windows, int width, int padding) {
    int cell = 0;
    for (Tokens window : windows) {
      for (int i = 0; i < width; i++, cell++) {
        boolean real = i < window.length();
        buffers.ids.put(cell, real ? window.ids()[i] : padding);
        buffers.mask.put(cell, real ? 1 : 0);
        buffers.types.put(cell, real && i >= window.second() ? 1 : 0);
      }
    }
  }

  /** No run may be under way. */
  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("a model cannot be closed", e);
    }
  }
}
