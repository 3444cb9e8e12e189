package io.mnemogrid.node.log.checkpoint;

import io.mnemogrid.node.log.disk.Damage;
import io.mnemogrid.node.log.disk.DamagedFileException;
import io.mnemogrid.node.log.disk.Disk;
import io.mnemogrid.node.log.disk.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of a node, in a folder a partition. Any thread, but one at a time for one
 * partition.
 */
public final class Checkpoints {
  private static final String PREFIX = "checkpoint-";
  private static final String DRAFT = ".writing";
  private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9]{20}");
  private static final Pattern PARTITION = Pattern.compile("[0-9]{1,9}");

  private final Disk disk;
  private final Path folder;

  public Checkpoints(Disk disk, Path folder) {
    this.disk = disk;
    this.folder = folder;
  }

  /**
   * Where an image goes.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  public interface Taker<T> {
    T take(CheckpointHeader header, ImageChunks chunks) throws IOException;
  }

  /**
   * Writes an image. When this returns, it is safe from a loss of power and the only checkpoint of
   * its partition; before, those that were there are.
   */
  public void write(CheckpointHeader header, ImageChunks chunks) throws IOException {
    Path ofPartition = folder(header.partition());
    disk.createFolder(ofPartition);
    List<Path> before = files(header.partition());
    long number = before.isEmpty() ? 1 : numberOf(before.getLast()) + 1;
    Path path = ofPartition.resolve("%s%020d".formatted(PREFIX, number));
    Path draft = path.resolveSibling(path.getFileName() + DRAFT);
    disk.delete(draft);
    try (DiskFile file = disk.create(draft)) {
      write(header, chunks, file);
      file.sync();
    }
    disk.rename(draft, path);
    disk.syncFolder(ofPartition);
    for (Path older : before) {
      disk.delete(older);
    }
    disk.syncFolder(ofPartition);
  }

  private static void write(CheckpointHeader header, ImageChunks chunks, DiskFile file)
      throws IOException {
    file.write(header.encode(), 0);
    long at = CheckpointHeader.BYTES;
    int count = 0;
    long bytes = 0;
    for (byte[] chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
      file.write(ChunkLayout.chunk(count, chunk), at);
      at += ChunkLayout.CHUNK_HEADER_BYTES + chunk.length;
      bytes += chunk.length;
      count++;
    }
    file.write(ChunkLayout.trailer(count, bytes), at);
  }

  /** Partitions that have a folder. */
  public SortedSet<Integer> partitions() throws IOException {
    SortedSet<Integer> partitions = new TreeSet<>();
    for (Path path : disk.list(folder)) {
      String name = nameOf(path);
      if (PARTITION.matcher(name).matches()) {
        partitions.add(Integer.parseInt(name));
      }
    }
    return partitions;
  }

  /**
   * Reads the newest checkpoint of a partition that is what was written; all of it is checked
   * before the first of it is given out. One that is damaged stays there, and is reported again,
   * until there is a newer one.
   *
   * @param onDamage told of each that is damaged, with its header if that can be read
   * @return what the taker made of it; empty if there is none
   */
  public <T> Optional<T> readNewest(int partition, OnDamage onDamage, Taker<T> taker)
      throws IOException {
    List<Path> newestFirst = new ArrayList<>(files(partition)).reversed();
    if (!newestFirst.isEmpty()) {
      disk.syncFolder(folder(partition)); // of one whose writer was killed before it was
    }
    for (Path path : newestFirst) {
      if (isSound(path, partition, onDamage)) {
        try (CheckpointReader reader = new CheckpointReader(disk, path)) {
          return Optional.of(taker.take(reader.header(), reader));
        }
      }
    }
    return Optional.empty();
  }

  /** Is told of damage. */
  @FunctionalInterface
  public interface OnDamage {
    /**
     * @param header of the file; null if it cannot be read
     */
    void damaged(Damage damage, @Nullable CheckpointHeader header);
  }

  private boolean isSound(Path path, int partition, OnDamage onDamage) throws IOException {
    CheckpointHeader header = null;
    try (CheckpointReader reader = new CheckpointReader(disk, path)) {
      if (reader.header().partition() != partition) {
        throw new DamagedFileException(
            new Damage(path, 0, "it is of partition %d".formatted(reader.header().partition())));
      }
      header = reader.header();
      byte[] chunk;
      do {
        chunk = reader.next();
      } while (chunk != null);
      return true;
    } catch (DamagedFileException e) {
      onDamage.damaged(e.damage(), header);
      return false;
    } catch (IOException e) {
      // Not damage: what cannot be read now may be read later, and nothing is to take its place.
      throw new IOException("%s cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** Deletes what there is of a partition, if anything is. */
  public void delete(int partition) throws IOException {
    if (!disk.isFolder(folder(partition))) {
      return;
    }
    for (Path path : disk.list(folder(partition))) {
      disk.delete(path);
    }
    disk.syncFolder(folder(partition));
    disk.delete(folder(partition));
    disk.syncFolder(folder);
  }

  /** Finished checkpoints, oldest first. */
  private List<Path> files(int partition) throws IOException {
    return disk.list(folder(partition)).stream()
        .filter(path -> NAME.matcher(nameOf(path)).matches())
        .toList();
  }

  /** Where those of a partition are. */
  public Path folder(int partition) {
    return folder.resolve(String.valueOf(partition));
  }

  private static long numberOf(Path checkpoint) {
    return Long.parseLong(nameOf(checkpoint).substring(PREFIX.length()));
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }
}
