package io.mnemogrid.node.log.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * A disk in memory that loses what a real one may lose. Sectors that were not synced survive a loss
 * of power or not, each for itself; names that were not synced survive up to some point. It can
 * stop the process within any operation, run full, and fail.
 */
public final class SimulatedDisk implements Disk {
  private static final int NEVER = Integer.MAX_VALUE;

  /** The process was stopped within an operation; nothing it does afterwards reaches the disk. */
  public static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super("the process was stopped", null, false, false);
    }
  }

  private record NameChange(Path path, Runnable onDurable) {}

  private final SplittableRandom random;
  private final TreeMap<Path, Content> files = new TreeMap<>();
  private final TreeMap<Path, Content> durableNames = new TreeMap<>();
  private final List<NameChange> pendingNames = new ArrayList<>();
  private final Set<Path> folders = new HashSet<>();
  private final Map<Path, Boolean> locks = new HashMap<>();
  private UUID boot;
  private long bytesLeft = Long.MAX_VALUE;
  private int operationsUntilStop = NEVER;
  private int operationsUntilFailure = NEVER;
  private int operations;
  private int syncs;
  private boolean syncsFail;
  private Predicate<Path> held = path -> false;
  private int holding;
  private boolean stopped;

  public SimulatedDisk(SplittableRandom random) {
    this.random = random;
    this.boot = new UUID(random.nextLong(), random.nextLong());
  }

  // Faults.

  /** The process stops within the operation of that number from now on. */
  public synchronized void stopAfter(int operationsFromNow) {
    operationsUntilStop = operationsFromNow;
  }

  /** Every write and sync fails from the operation of that number on. */
  public synchronized void failAfter(int operationsFromNow) {
    operationsUntilFailure = operationsFromNow;
  }

  /** Whoever makes a file of these waits from now on. */
  public synchronized void holdNewFiles(Predicate<Path> which) {
    held = which;
    notifyAll();
  }

  /** Whether somebody waits so. */
  public synchronized boolean isHolding() {
    return holding > 0;
  }

  /** Every sync fails from now on. */
  public synchronized void failSyncs() {
    syncsFail = true;
  }

  /** So many bytes can be written yet. */
  public synchronized void leave(long bytes) {
    bytesLeft = bytes;
  }

  public synchronized boolean isStopped() {
    return stopped;
  }

  /** Writes and syncs so far. */
  public synchronized int operations() {
    return operations;
  }

  public synchronized int syncs() {
    return syncs;
  }

  /** The process is gone, another begins; the disk is whole again. */
  public synchronized void startProcess() {
    stopped = false;
    operationsUntilStop = NEVER;
    operationsUntilFailure = NEVER;
    bytesLeft = Long.MAX_VALUE;
    syncsFail = false;
    locks.clear();
  }

  /** The process is gone in the one way or the other. */
  public void end(boolean isPowerLost) {
    if (isPowerLost) {
      losePower();
    } else {
      startProcess();
    }
  }

  /** The process is gone, and with it what was not synced, or a part of that. */
  public synchronized void losePower() {
    int kept = pendingNames.isEmpty() ? 0 : random.nextInt(pendingNames.size() + 1);
    pendingNames.subList(0, kept).forEach(change -> change.onDurable().run());
    pendingNames.clear();
    files.clear();
    files.putAll(durableNames);
    files.values().forEach(file -> file.losePower(random));
    boot = new UUID(random.nextLong(), random.nextLong());
    startProcess();
  }

  /** Turns one bit over. */
  public synchronized void flip(Path path, long bit) {
    Content file = content(path);
    file.current[(int) (bit / Byte.SIZE)] ^= (byte) (1 << bit % Byte.SIZE);
  }

  public synchronized void truncate(Path path, long size) {
    content(path).size = (int) size;
  }

  public synchronized void remove(Path path) {
    files.remove(path);
    durableNames.remove(path);
  }

  public synchronized byte[] contentOf(Path path) {
    Content file = content(path);
    return java.util.Arrays.copyOf(file.current, file.size);
  }

  private Content content(Path path) {
    return Objects.requireNonNull(files.get(path), path::toString);
  }

  /** Puts a file there, synced. */
  public synchronized void put(Path path, byte[] bytes) {
    Content file = new Content();
    file.write(ByteBuffer.wrap(bytes), 0);
    file.sync();
    files.put(path, file);
    durableNames.put(path, file);
    folders.add(path.getParent());
  }

  public synchronized List<Path> paths(Predicate<Path> those) {
    return files.keySet().stream().filter(those).toList();
  }

  // The disk.

  @Override
  public synchronized DiskFile create(Path path) throws IOException {
    awaitRelease(path);
    step();
    if (files.containsKey(path)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    Content file = new Content();
    files.put(path, file);
    pendingNames.add(new NameChange(path, () -> durableNames.put(path, file)));
    return new OpenFile(file);
  }

  @Override
  public synchronized DiskFile open(Path path) throws IOException {
    Content file = files.get(path);
    if (file == null) {
      throw new NoSuchFileException(path.toString());
    }
    return new OpenFile(file);
  }

  @Override
  public synchronized List<Path> list(Path folder) {
    Set<Path> entries = new HashSet<>();
    for (Path path : files.keySet()) {
      if (path.startsWith(folder) && !path.equals(folder)) {
        entries.add(folder.resolve(folder.relativize(path).getName(0)));
      }
    }
    for (Path path : folders) {
      if (path.startsWith(folder) && !path.equals(folder)) {
        entries.add(folder.resolve(folder.relativize(path).getName(0)));
      }
    }
    return entries.stream().sorted().toList();
  }

  @Override
  public synchronized boolean isFolder(Path path) {
    return folders.stream().anyMatch(folder -> folder.startsWith(path));
  }

  @Override
  public synchronized void createFolder(Path folder) {
    step();
    folders.add(folder);
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    step();
    if (!files.containsKey(from) && !isFolder(from)) {
      throw new NoSuchFileException(from.toString());
    }
    move(files, from, to);
    Set<Path> moved = new HashSet<>();
    folders.removeIf(folder -> folder.startsWith(from) && moved.add(moved(folder, from, to)));
    folders.addAll(moved);
    pendingNames.add(new NameChange(to, () -> move(durableNames, from, to)));
  }

  private static void move(Map<Path, Content> names, Path from, Path to) {
    Map<Path, Content> moved = new HashMap<>();
    names
        .entrySet()
        .removeIf(one -> {
          boolean moves = one.getKey().startsWith(from);
          if (moves) {
            moved.put(moved(one.getKey(), from, to), one.getValue());
          }
          return moves;
        });
    names.putAll(moved);
  }

  private static Path moved(Path path, Path from, Path to) {
    return path.equals(from) ? to : to.resolve(from.relativize(path));
  }

  @Override
  public synchronized void delete(Path path) {
    step();
    if (files.remove(path) != null) {
      pendingNames.add(new NameChange(path, () -> durableNames.remove(path)));
    }
    folders.remove(path);
  }

  @Override
  public synchronized void syncFolder(Path folder) throws IOException {
    step();
    fail();
    syncs++;
    List<NameChange> here =
        pendingNames.stream().filter(change -> folder.equals(change.path().getParent())).toList();
    here.forEach(change -> change.onDurable().run());
    pendingNames.removeAll(here);
  }

  @Override
  public synchronized UUID boot() {
    return boot;
  }

  @Override
  public synchronized Closeable lock(Path file) throws IOException {
    if (locks.putIfAbsent(file, true) != null) {
      throw new IOException("somebody holds the lock " + file);
    }
    return () -> {
      synchronized (this) {
        locks.remove(file);
      }
    };
  }

  /** Counts an operation; true if the process stops within it. */
  private boolean isLast() {
    if (stopped) {
      throw new Stopped();
    }
    operations++;
    if (operationsUntilStop == NEVER || operationsUntilStop-- > 0) {
      return false;
    }
    stopped = true;
    return true;
  }

  private void awaitRelease(Path path) {
    while (held.test(path)) {
      holding++;
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Stopped();
      } finally {
        holding--;
      }
    }
  }

  private void step() {
    if (isLast()) {
      throw new Stopped();
    }
  }

  private void fail() throws IOException {
    if (operationsUntilFailure != NEVER && operationsUntilFailure-- <= 0) {
      operationsUntilFailure = 0;
      throw new IOException("Input/output error");
    }
  }

  /** A file's bytes: as processes see them, and as they are on the disk itself. */
  private static final class Content {
    private static final int SECTOR_BYTES = 512;

    private byte[] current = {};
    private int size;
    private byte[] durable = {};
    private int durableSize;
    private final Set<Integer> unsynced = new HashSet<>();

    void write(ByteBuffer from, long at) {
      int end = (int) at + from.remaining();
      if (end > current.length) {
        current = java.util.Arrays.copyOf(current, Math.max(end, current.length * 2));
      }
      for (int sector = (int) at / SECTOR_BYTES; sector * SECTOR_BYTES < end; sector++) {
        unsynced.add(sector);
      }
      from.get(current, (int) at, from.remaining());
      size = Math.max(size, end);
    }

    void extend(long to) {
      int end = (int) to;
      if (end > size) {
        current = java.util.Arrays.copyOf(current, Math.max(end, current.length));
        size = end;
      }
    }

    void sync() {
      unsynced.forEach(this::keep);
      unsynced.clear();
      durableSize = size;
    }

    private void keep(int sector) {
      int from = sector * SECTOR_BYTES;
      if (durable.length < current.length) {
        durable = java.util.Arrays.copyOf(durable, current.length);
      }
      System.arraycopy(current, from, durable, from, Math.min(SECTOR_BYTES, current.length - from));
    }

    void losePower(SplittableRandom random) {
      for (int sector : unsynced) {
        if (random.nextBoolean()) {
          keep(sector);
        }
      }
      unsynced.clear();
      size = random.nextBoolean() ? size : durableSize;
      durableSize = size;
      durable = java.util.Arrays.copyOf(durable, Math.max(durable.length, size));
      current = durable.clone();
    }
  }

  private final class OpenFile implements DiskFile {
    private final Content file;

    OpenFile(Content file) {
      this.file = file;
    }

    @Override
    public void write(ByteBuffer from, long at) throws IOException {
      synchronized (SimulatedDisk.this) {
        boolean last = isLast();
        fail();
        int bytes = from.remaining();
        int fit = (int) Math.min(bytes, bytesLeft);
        int written = last ? random.nextInt(fit + 1) : fit;
        file.write(from.slice(from.position(), written), at);
        bytesLeft -= written;
        from.position(from.position() + written);
        if (last) {
          throw new Stopped();
        }
        if (written < bytes) {
          throw new IOException("No space left on device");
        }
      }
    }

    @Override
    public int read(ByteBuffer into, long at) {
      synchronized (SimulatedDisk.this) {
        int bytes = (int) Math.max(0, Math.min(into.remaining(), file.size - at));
        into.put(file.current, (int) at, bytes);
        return bytes;
      }
    }

    @Override
    public void sync() throws IOException {
      synchronized (SimulatedDisk.this) {
        step();
        if (syncsFail || operationsUntilFailure == 0) {
          // What a sync that fails has not written is taken for clean afterwards.
          file.unsynced.clear();
          throw new IOException("Input/output error");
        }
        fail();
        syncs++;
        file.sync();
      }
    }

    @Override
    public long size() {
      synchronized (SimulatedDisk.this) {
        return file.size;
      }
    }

    @Override
    public void extend(long size) {
      synchronized (SimulatedDisk.this) {
        step();
        file.extend(size);
      }
    }

    @Override
    public void close() {
      // Nothing is written by it.
    }
  }
}
