package io.mnemogrid.perf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one or several JVMs hold.
 *
 * @param heapBytes live objects after a full collection
 * @param otherBytes native memory of the JVM's category "Other", committed: foreign memory, which
 *     the vectors of small indexes are in, and direct buffers; large blocks of vectors, in huge
 *     pages, are not counted by the JVM. 0 if the JVM does not track native memory
 * @param residentBytes what the operating system counts, with all that the JVM keeps for later
 * @param heapBytesByClass the first figure by class name
 */
record ProcessMemory(
    long heapBytes, long otherBytes, long residentBytes, Map<String, Long> heapBytesByClass) {
  static final String TRACKING_FLAG = "-XX:NativeMemoryTracking=summary";

  /** Holes in the heap, which the collector makes look like objects. */
  private static final String FILLER = "jdk.internal.vm.Filler";

  private static final Pattern CLASS_LINE =
      Pattern.compile("^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+)", Pattern.MULTILINE);
  private static final Pattern OTHER =
      Pattern.compile("\\bOther \\(reserved=(\\d+), committed=(\\d+)\\)");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  /** Collects all garbage of the process, then counts. Needs jcmd beside this JVM's java. */
  static ProcessMemory of(long pid) {
    jcmd(pid, "GC.run");
    Map<String, Long> byClass = new HashMap<>();
    Matcher line = CLASS_LINE.matcher(jcmd(pid, "GC.class_histogram"));
    long heap = 0;
    while (line.find()) {
      if (line.group(2).contains(FILLER)) {
        continue;
      }
      long bytes = Long.parseLong(line.group(1));
      byClass.merge(line.group(2), bytes, Long::sum);
      heap += bytes;
    }
    Matcher other = OTHER.matcher(jcmd(pid, "VM.native_memory", "summary", "scale=b"));
    return new ProcessMemory(
        heap, other.find() ? Long.parseLong(other.group(2)) : 0, resident(pid), byClass);
  }

  static ProcessMemory of(Iterable<NodeProcess> nodes) {
    ProcessMemory sum = new ProcessMemory(0, 0, 0, Map.of());
    for (NodeProcess node : nodes) {
      sum = sum.plus(of(node.pid()));
    }
    return sum;
  }

  ProcessMemory plus(ProcessMemory that) {
    return combine(that, 1);
  }

  ProcessMemory minus(ProcessMemory that) {
    return combine(that, -1);
  }

  long totalBytes() {
    return heapBytes + otherBytes;
  }

  private ProcessMemory combine(ProcessMemory that, int sign) {
    Map<String, Long> byClass = new HashMap<>(heapBytesByClass);
    that.heapBytesByClass.forEach((name, bytes) -> byClass.merge(name, sign * bytes, Long::sum));
    return new ProcessMemory(
        heapBytes + sign * that.heapBytes,
        otherBytes + sign * that.otherBytes,
        residentBytes + sign * that.residentBytes,
        byClass);
  }

  private static long resident(long pid) {
    try {
      Path status = Path.of("/proc", Long.toString(pid), "status");
      Matcher resident = RESIDENT.matcher(Files.exists(status) ? Files.readString(status) : "");
      return resident.find() ? Long.parseLong(resident.group(1)) * 1024 : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String jcmd(long pid, String... command) {
    try {
      var builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
              Long.toString(pid));
      builder.command().addAll(List.of(command));
      Process jcmd = builder.redirectErrorStream(true).start();
      String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (jcmd.waitFor() != 0) {
        throw new IllegalStateException("jcmd failed: " + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
