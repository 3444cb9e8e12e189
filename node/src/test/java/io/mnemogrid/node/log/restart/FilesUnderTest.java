package io.mnemogrid.node.log.restart;

import io.mnemogrid.node.log.FsyncPolicy;
import io.mnemogrid.node.log.LogSettings;
import io.mnemogrid.node.log.WriteAheadLog;
import io.mnemogrid.node.log.checkpoint.CheckpointHeader;
import io.mnemogrid.node.log.checkpoint.Checkpoints;
import io.mnemogrid.node.log.checkpoint.ImageChunks;
import io.mnemogrid.node.log.disk.DataFolder;
import io.mnemogrid.node.log.disk.Disk;
import io.mnemogrid.node.log.disk.SimulatedDisk;
import io.mnemogrid.node.model.Stamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A node's partitions, each a list of numbers, with their log and checkpoints on a disk; and,
 * beside them, all the states that each partition has been in.
 */
final class FilesUnderTest {
  static final int PARTITIONS = 4;
  private static final int CHUNK_NUMBERS = 50;
  private static final Stamp BEGIN = new Stamp(1, 1, 0);

  /** A partition at some time. */
  record State(boolean isHere, List<Integer> content, boolean isComplete) {
    static final State NONE = new State(false, List.of(), false);

    State with(int number) {
      List<Integer> more = new ArrayList<>(content);
      more.add(number);
      return new State(true, List.copyOf(more), isComplete);
    }

    boolean holdsAs(State other) {
      return isHere == other.isHere && content.equals(other.content);
    }

    State completed() {
      return new State(true, content, true);
    }
  }

  /** The states of a partition in their order, and which of them must be found again at least. */
  static final class History {
    final List<State> states = new ArrayList<>(List.of(State.NONE));
    final Set<Integer> ever = new HashSet<>();

    /** Index of the state that was confirmed last. */
    int confirmed;

    /** Index of the state that was on the disk last, and so is after a loss of power. */
    int synced;

    /** Index of the state that was seen last, and so is while power is not lost. */
    int seen;

    boolean isDoubtful;

    State now() {
      return states.getLast();
    }

    /** The states that may be found after the process has ended. */
    List<State> possible(boolean powerWasLost) {
      return states.subList(powerWasLost ? synced : seen, states.size());
    }

    /** The states that have all that was confirmed. */
    List<State> whole() {
      return states.subList(confirmed, states.size());
    }

    private void confirm(boolean isSynced) {
      confirmed = states.size() - 1;
      seen = confirmed;
      synced = isSynced ? confirmed : synced;
    }

    /** Takes what was found for what is; after a loss of power, for all there is. */
    private void adopt(State found, boolean powerWasLost) {
      int first = powerWasLost ? states.size() : synced;
      int last = states.size() - 1;
      while (last >= first && !states.get(last).holdsAs(found)) {
        last--;
      }
      List<State> kept = last < first ? List.of(found) : List.copyOf(states.subList(first, last));
      states.clear();
      states.addAll(kept);
      if (last >= first) {
        states.add(found);
      }
      seen = states.size() - 1;
      confirmed = last < first ? 0 : Math.clamp(confirmed - first, 0, seen);
      synced = 0;
    }
  }

  private final Disk disk;
  private final Path files;
  private final SplittableRandom random;
  private final LogSettings settings;
  private final Checkpoints checkpoints;
  final List<History> histories;
  private @Nullable WriteAheadLog log;
  private int numbers;

  FilesUnderTest(Disk disk, Path files, FsyncPolicy fsync, SplittableRandom random) {
    this.disk = disk;
    this.files = files;
    this.random = random;
    this.settings =
        new LogSettings(
            PARTITIONS, fsync, Duration.ofHours(1), 4_096 + random.nextInt(6_000), 1 << 20);
    this.checkpoints = new Checkpoints(disk, DataFolder.checkpoints(files));
    this.histories = Stream.generate(History::new).limit(PARTITIONS).toList();
  }

  /** What was found: the copies, and the numbers of each partition. */
  static final class Found implements Loader {
    final Map<Integer, List<Integer>> contents = new HashMap<>();
    @Nullable RestartReport report;

    @Override
    public void image(CheckpointHeader header, ImageChunks chunks) throws IOException {
      List<Integer> content = new ArrayList<>();
      byte[] chunk = chunks.next();
      while (chunk != null) {
        ByteBuffer in = ByteBuffer.wrap(chunk);
        while (in.hasRemaining()) {
          content.add(in.getInt());
        }
        chunk = chunks.next();
      }
      contents.put(header.partition(), content);
    }

    @Override
    public void begin(int partition) {
      contents.put(partition, new ArrayList<>());
    }

    @Override
    public void change(int partition, Stamp stamp, byte[] payload) {
      contents
          .computeIfAbsent(partition, any -> new ArrayList<>())
          .add(ByteBuffer.wrap(payload).getInt());
    }

    /** How far what was found of a partition can be trusted, a copy or none. */
    Trust trust(int partition) {
      StoredCopy copy = copies().get(partition);
      return copy == null
          ? java.util.Objects.requireNonNull(report).absences().of(partition)
          : copy.trust();
    }

    /** What was found, without whether it is complete. */
    State state(int partition) {
      return copies().containsKey(partition)
          ? new State(true, contents.getOrDefault(partition, List.of()), false)
          : State.NONE;
    }

    Map<Integer, StoredCopy> copies() {
      Map<Integer, StoredCopy> copies = new HashMap<>();
      if (report != null) {
        report.copies().forEach(copy -> copies.put(copy.partition(), copy));
      }
      return copies;
    }
  }

  Found read() throws IOException {
    Found found = new Found();
    found.report = Restart.read(disk, files, found);
    return found;
  }

  /** Goes on from what was found, as a node does that may go on with its copies. */
  void open(Found found) throws IOException {
    RestartReport report = java.util.Objects.requireNonNull(found.report);
    log = WriteAheadLog.open(disk, DataFolder.log(files), settings, report.log(), failure -> {});
    histories.forEach(history -> history.confirm(true));
    for (int partition : report.dropped()) {
      checkpoints.delete(partition);
      log.releaseVoid(partition, report.notNeeded().getOrDefault(partition, 0L));
    }
    for (Map.Entry<Integer, Long> one : report.notNeeded().entrySet()) {
      log.release(one.getKey(), one.getValue());
    }
    for (StoredCopy copy : report.copies()) {
      History history = histories.get(copy.partition());
      if (copy.trust().compareTo(Trust.UNSYNCED) > 0) {
        writeAnew(copy.partition(), history);
      } else {
        complete(copy.partition(), history);
      }
    }
  }

  private void writeAnew(int partition, History history) {
    List<Integer> content = history.now().content();
    confirm(history, new State(true, List.of(), false), log().begin(partition, BEGIN));
    history.isDoubtful = false;
    for (int number : content) {
      append(partition, history, number);
    }
    complete(partition, history);
  }

  private byte[] payload(int number) {
    return ByteBuffer.allocate(Integer.BYTES + random.nextInt(400)).putInt(number).array();
  }

  /** Takes what was found for what is. */
  void adopt(Found found, boolean powerWasLost) {
    Map<Integer, StoredCopy> copies = found.copies();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      StoredCopy copy = copies.get(partition);
      State state =
          copy == null
              ? State.NONE
              : new State(
                  true,
                  List.copyOf(found.contents.getOrDefault(partition, List.of())),
                  copy.trust().compareTo(Trust.DOUBTFUL) <= 0);
      History history = histories.get(partition);
      history.adopt(state, powerWasLost);
      history.isDoubtful = found.trust(partition) != Trust.WHOLE;
    }
  }

  /** Does so many things at random, until they are done or the process is stopped. */
  void work(int steps) throws IOException {
    try {
      for (int i = 0; i < steps; i++) {
        step();
      }
    } catch (IOException | SimulatedDisk.Stopped | CompletionException e) {
      if (!(disk instanceof SimulatedDisk simulated && simulated.isStopped())) {
        throw e;
      }
    }
  }

  void sync() throws IOException {
    log().sync();
    histories.forEach(history -> history.confirm(true));
  }

  /** Ends as planned. */
  void close() {
    log().close();
    if (log().failure() == null) {
      histories.forEach(history -> history.confirm(true));
    }
  }

  private WriteAheadLog log() {
    return java.util.Objects.requireNonNull(log);
  }

  private void step() throws IOException {
    int partition = random.nextInt(PARTITIONS);
    History history = histories.get(partition);
    boolean hasCopy = history.now().isHere();
    int dice = random.nextInt(30);
    if (!hasCopy || dice == 0) {
      begin(partition, history);
    } else if (dice == 1) {
      drop(partition, history);
    } else if (dice == 2) {
      complete(partition, history);
    } else if (dice < 6) {
      checkpoint(partition, history);
    } else {
      append(partition, history);
    }
  }

  private void append(int partition, History history) {
    int number = ++numbers;
    history.ever.add(number);
    append(partition, history, number);
  }

  private void append(int partition, History history, int number) {
    confirm(
        history,
        history.now().with(number),
        log().append(partition, new Stamp(1, 1, number), payload(number)));
  }

  private void begin(int partition, History history) {
    confirm(history, new State(true, List.of(), false), log().begin(partition, BEGIN));
    history.isDoubtful = false;
    if (random.nextBoolean()) {
      complete(partition, history);
    }
  }

  private void complete(int partition, History history) {
    confirm(
        history, history.now().completed(), log().complete(partition, new Stamp(1, 1, numbers)));
    history.isDoubtful = false;
  }

  private void drop(int partition, History history) throws IOException {
    confirm(history, State.NONE, log().drop(partition, BEGIN));
    log().sync();
    checkpoints.delete(partition);
    log().releaseVoid(partition, log().ordinal(partition));
    history.isDoubtful = false;
  }

  private void confirm(History history, State next, CompletionStage<?> done) {
    history.states.add(next);
    done.toCompletableFuture().join();
    history.confirm(settings.fsync() == FsyncPolicy.COMMIT);
  }

  private void checkpoint(int partition, History history) throws IOException {
    State now = history.now();
    if (!now.isComplete()) {
      return;
    }
    boolean isDoubtful = history.isDoubtful && random.nextBoolean();
    long ordinal = log().ordinal(partition);
    history.states.add(now);
    checkpoints.write(
        new CheckpointHeader(
            partition, new Stamp(1, 1, numbers), ordinal, log().written(), isDoubtful),
        chunks(now.content()));
    log().release(partition, ordinal);
    history.confirm(true);
    history.isDoubtful = isDoubtful;
  }

  private static ImageChunks chunks(List<Integer> numbers) {
    Iterator<Integer> left = numbers.iterator();
    return () -> {
      if (!left.hasNext()) {
        return null;
      }
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK_NUMBERS * Integer.BYTES);
      while (left.hasNext() && chunk.hasRemaining()) {
        chunk.putInt(left.next());
      }
      return java.util.Arrays.copyOf(chunk.array(), chunk.position());
    };
  }
}
