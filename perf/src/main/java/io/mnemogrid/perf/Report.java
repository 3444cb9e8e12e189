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
import java.util.Optional;
import java.util.stream.Stream;

/** What a measurement says, to the console and to a file beside the command that made it. */
public final class Report implements AutoCloseable {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmm").withZone(ZoneOffset.UTC);
  private static final String UNKNOWN_PROCESSOR = "processor unknown";
  private static final PrintStream CONSOLE = System.out;

  private final PrintStream file;
  private final Optional<Path> path;

  private Report(PrintStream file, Optional<Path> path) {
    this.file = file;
    this.path = path;
  }

  /**
   * Opens {@code perf/results/<name>-<time>.txt} under the working directory.
   *
   * @param command how to make the figures again, without secrets and folders of this machine
   */
  public static Report open(String name, String command) {
    return open(Path.of("perf", "results"), name, command);
  }

  /** Opens {@code <name>-<time>.txt} in a folder, which is made when missing. */
  public static Report open(Path folder, String name, String command) {
    Instant now = Instant.now();
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve(name + "-" + STAMP.format(now) + ".txt");
      var report =
          new Report(
              new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8),
              Optional.of(file));
      report.line("command: %s", command);
      report.line("when:    %s", now.truncatedTo(ChronoUnit.SECONDS));
      report.line("machine: %s", machine());
      return report;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A report that only the console sees. */
  public static Report toConsole() {
    return new Report(new PrintStream(PrintStream.nullOutputStream()), Optional.empty());
  }

  public void line(String format, Object... arguments) {
    String line = String.format(Locale.ROOT, format, arguments);
    CONSOLE.println(line);
    file.println(line);
  }

  /** A file of the same name with another ending; empty if only the console sees the report. */
  public Optional<Path> attachment(String ending) {
    return path.map(
        file -> file.resolveSibling(file.getFileName().toString().replace(".txt", "." + ending)));
  }

  /** The processor's name, where the system tells it. */
  public static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(UNKNOWN_PROCESSOR);
    } catch (IOException e) {
      return UNKNOWN_PROCESSOR;
    }
  }

  private static String machine() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    long ramBytes =
        system instanceof com.sun.management.OperatingSystemMXBean known
            ? known.getTotalMemorySize()
            : 0;
    return "%s %s, %d x %s, %d GB RAM, load %.1f at the start; %s %s"
        .formatted(
            system.getName(),
            system.getArch(),
            system.getAvailableProcessors(),
            processor(),
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
