package io.mnemogrid.perf;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What a measurement says, to the console and to a file beside the command that made it. */
final class Report implements AutoCloseable {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmm").withZone(ZoneOffset.UTC);
  private static final PrintStream CONSOLE = System.out;

  private final PrintStream file;

  private Report(PrintStream file) {
    this.file = file;
  }

  /**
   * Opens {@code perf/results/<name>-<time>.txt} under the working directory.
   *
   * @param command how to make the figures again, without secrets and folders of this machine
   */
  static Report open(String name, String command) {
    Instant now = Instant.now();
    try {
      Path folder = Files.createDirectories(Path.of("perf", "results"));
      Path file = folder.resolve(name + "-" + STAMP.format(now) + ".txt");
      var report =
          new Report(new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8));
      report.line("command: %s", command);
      report.line("when:    %s", now.truncatedTo(ChronoUnit.SECONDS));
      report.line("machine: %s", machine());
      return report;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A report that only the console sees. */
  static Report toConsole() {
    return new Report(new PrintStream(PrintStream.nullOutputStream()));
  }

  void line(String format, Object... arguments) {
    String line = String.format(Locale.ROOT, format, arguments);
    CONSOLE.println(line);
    file.println(line);
  }

  private static String machine() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    long ramBytes =
        system instanceof com.sun.management.OperatingSystemMXBean known
            ? known.getTotalMemorySize()
            : 0;
    return "%s %s, %d processors, %d GB RAM, load %.1f at the start; %s %s"
        .formatted(
            system.getName(),
            system.getArch(),
            system.getAvailableProcessors(),
            ramBytes >> 30,
            system.getSystemLoadAverage(),
            System.getProperty("java.vm.name"),
            Runtime.version());
  }

  @Override
  public void close() {
    file.close();
  }
}
