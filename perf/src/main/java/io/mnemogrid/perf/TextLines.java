package io.mnemogrid.perf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Compressed files of one text a line. */
public final class TextLines {
  private TextLines() {}

  /** The first {@code most} lines that are not blank. */
  public static List<String> read(Path gzip, int most) {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(gzip)), StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.isBlank()).limit(most).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + gzip, e);
    }
  }
}
