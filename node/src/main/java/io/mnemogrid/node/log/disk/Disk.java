package io.mnemogrid.node.log.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * The file system as the log sees it. What was written is safe from the end of the process at once,
 * from a loss of power after {@link DiskFile#sync}; a file's being there, its name and its end are
 * safe from a loss of power after {@link #syncFolder}. Any thread.
 */
public interface Disk {
  /**
   * Makes a file for writing and reading.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one of that name
   */
  DiskFile create(Path file) throws IOException;

  /**
   * Opens a file for reading.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  DiskFile open(Path file) throws IOException;

  /** What is in a folder, in the order of the names; nothing if there is no such folder. */
  List<Path> list(Path folder) throws IOException;

  boolean isFolder(Path path);

  /** Makes a folder and those above it, where they are missing, safe from a loss of power. */
  void createFolder(Path folder) throws IOException;

  /** Gives a file or folder another name, in place of a file of that name, at one blow. */
  void rename(Path from, Path to) throws IOException;

  /** Deletes a file or an empty folder; nothing if there is none. */
  void delete(Path path) throws IOException;

  void syncFolder(Path folder) throws IOException;

  /**
   * Which run of the operating system this is: another one may have lost what was not synced. Where
   * the system does not tell, every process is taken for a run of its own.
   */
  UUID boot();

  /**
   * Takes a lock that no other process has, and that ends with this one.
   *
   * @throws IOException if somebody has it
   */
  Closeable lock(Path file) throws IOException;
}
