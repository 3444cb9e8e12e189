package io.mnemogrid.node.backup;

import io.mnemogrid.node.model.Refusal;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder that backups are in, each in a folder of its own. One that is being written or deleted
 * has another name, and so is no backup to anybody.
 */
final class BackupFolder {
  static final String MANIFEST = "manifest.json";
  static final String SUMS = "SHA256SUMS";

  private static final String UNFINISHED = ".unfinished";
  private static final String DELETED = ".deleted";
  private static final long MOST_TEXT_BYTES = 256L << 20;
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{0,63}");
  private static final Pattern SUM = Pattern.compile("([0-9a-f]{64})  ([a-zA-Z0-9._-]{1,64})");

  private final Path dir;
  private final WriterLocks writers;
  private final ReaderLocks readers;

  BackupFolder(Path dir) {
    this.dir = dir;
    this.writers = new WriterLocks(dir);
    this.readers = new ReaderLocks(dir);
  }

  /** Whether a text can be the id of a backup: one that could name another place is none. */
  static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  /** Where the files of a backup are. */
  Path place(String id) {
    return dir.resolve(required(id));
  }

  private static String required(String id) {
    if (!isId(id)) {
      throw new IllegalArgumentException("no backup has such an id");
    }
    return id;
  }

  boolean has(String id) {
    return Files.isDirectory(place(id));
  }

  /** Ids of all backups, the newest first as ids made here begin with their time. */
  List<String> ids() throws IOException {
    if (!Files.isDirectory(dir)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(dir)) {
      return inside
          .filter(Files::isDirectory)
          .map(path -> String.valueOf(path.getFileName()))
          .filter(BackupFolder::isId)
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  /** Makes the place where a backup is written until it is whole. */
  Path begin(String id) throws IOException {
    Files.createDirectories(dir);
    Path place = unfinished(id);
    writers.take(id);
    try {
      return Files.createDirectory(place);
    } catch (IOException e) {
      writers.release(id);
      throw e instanceof FileAlreadyExistsException
          ? new IOException("there is a backup of this id already", e)
          : e;
    }
  }

  private Path unfinished(String id) {
    return dir.resolve(required(id) + UNFINISHED);
  }

  /**
   * Makes what was written a backup; when it returns, the disk has it.
   *
   * @param sums SHA-256 of the other files, by name
   */
  void finish(Manifest manifest, Map<String, String> sums) throws IOException {
    Path place = unfinished(manifest.id());
    byte[] json = ManifestJson.write(manifest);
    Map<String, String> all = new TreeMap<>(sums);
    all.put(MANIFEST, Sha256.of(json));
    StringBuilder lines = new StringBuilder();
    all.forEach((file, sum) -> lines.append(sum).append("  ").append(file).append('\n'));
    write(place.resolve(MANIFEST), json);
    write(place.resolve(SUMS), lines.toString().getBytes(StandardCharsets.US_ASCII));
    force(place);
    Files.move(place, place(manifest.id()), StandardCopyOption.ATOMIC_MOVE);
    force(dir);
    writers.release(manifest.id());
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var buffer = java.nio.ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Removes what was written of a backup that was not finished. */
  void abandon(String id) throws IOException {
    delete(unfinished(id));
    writers.release(id);
  }

  /**
   * Removes what a process that was killed has left of backups begun or deleted, and nothing that
   * another is writing.
   */
  void removeRemains() throws IOException {
    if (!Files.isDirectory(dir)) {
      return;
    }
    List<Path> remains;
    try (Stream<Path> inside = Files.list(dir)) {
      remains = inside.filter(BackupFolder::isRemains).toList();
    }
    for (Path folder : remains) {
      String name = String.valueOf(folder.getFileName());
      if (!writers.isTaken(name.substring(0, name.lastIndexOf('.')))) {
        delete(folder);
      }
    }
  }

  private static boolean isRemains(Path folder) {
    String name = String.valueOf(folder.getFileName());
    return Stream.of(UNFINISHED, DELETED)
        .anyMatch(
            end -> name.endsWith(end) && isId(name.substring(0, name.length() - end.length())));
  }

  /**
   * Keeps a backup from being deleted through another node, until what is returned is closed.
   *
   * @param reader what no other reader is called
   * @throws Refusal.Conflict if it is being deleted
   */
  Closeable reading(String id, String reader) throws IOException {
    Closeable reading = readers.take(required(id), reader);
    // Each side says what it does before it looks for the other, so that one of them gives way.
    if (writers.isTaken(id)) {
      reading.close();
      throw new Refusal.Conflict("the backup is being deleted");
    }
    return reading;
  }

  /**
   * Deletes a backup.
   *
   * @throws Refusal.Conflict if it is being read
   */
  void remove(String id) throws IOException {
    Path deleted = dir.resolve(required(id) + DELETED);
    writers.take(id);
    try {
      if (readers.isTaken(id)) {
        throw new Refusal.Conflict(
            "the backup is being restored through another node; delete it later");
      }
      delete(deleted);
      Files.move(place(id), deleted, StandardCopyOption.ATOMIC_MOVE);
      delete(deleted);
    } finally {
      writers.release(id);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(folder)) {
      inside
          .sorted(Comparator.reverseOrder())
          .forEach(path -> {
            try {
              Files.delete(path);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Reads what is in a backup, without its memories.
   *
   * @throws NoSuchFileException if there is none
   * @throws DamagedBackupException if it is not as it was written
   */
  Manifest manifest(String id) throws IOException {
    if (!has(id)) {
      throw new NoSuchFileException(id);
    }
    byte[] json = text(id, MANIFEST);
    if (!Sha256.of(json).equals(sums(id).get(MANIFEST))) {
      throw new DamagedBackupException(
          id + "/" + MANIFEST, 0, "its digest is not the one in " + SUMS);
    }
    Manifest manifest;
    try {
      manifest = ManifestJson.read(json);
    } catch (IOException e) {
      throw new DamagedBackupException(id + "/" + MANIFEST, 0, String.valueOf(e.getMessage()));
    }
    if (!manifest.id().equals(id)) {
      throw new DamagedBackupException(
          id + "/" + MANIFEST, 0, "it is of the backup '%s'".formatted(manifest.id()));
    }
    return manifest;
  }

  /** Digests of the files of a backup, by name. */
  Map<String, String> sums(String id) throws IOException {
    Map<String, String> sums = new HashMap<>();
    long offset = 0;
    String text = new String(text(id, SUMS), StandardCharsets.US_ASCII);
    if (!text.endsWith("\n")) {
      throw new DamagedBackupException(id + "/" + SUMS, text.length(), "it ends too early");
    }
    for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
      var matcher = SUM.matcher(line);
      if (!matcher.matches()) {
        throw new DamagedBackupException(id + "/" + SUMS, offset, "this line names no digest");
      }
      sums.put(matcher.group(2), matcher.group(1));
      offset += line.length() + 1;
    }
    return sums;
  }

  private byte[] text(String id, String name) throws IOException {
    Path file = place(id).resolve(name);
    try {
      if (Files.size(file) <= MOST_TEXT_BYTES) {
        return Files.readAllBytes(file);
      }
    } catch (NoSuchFileException e) {
      if (!has(id)) {
        throw new NoSuchFileException(id);
      }
      throw new DamagedBackupException(id + "/" + name, 0, "it is missing");
    } catch (IOException e) {
      throw new DamagedBackupException(id + "/" + name, 0, "it cannot be read: " + e);
    }
    throw new DamagedBackupException(id + "/" + name, MOST_TEXT_BYTES, "it is too long");
  }
}
