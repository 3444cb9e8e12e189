package io.mnemogrid.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that was started without the module of the Vector API. */
class WithoutSimdTest {
  @TempDir private Path folder;

  @Test
  void itWarnsOnceAndFindsTheSame() throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-exports",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                FixedSearches.class.getName())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(err)).isZero();
    assertThat(Files.readString(err)).containsOnlyOnce("run without SIMD");
    Map<String, Float> scalar = scores(Files.readAllLines(out));
    Map<String, Float> simd = scores(FixedSearches.lines());
    assertThat(scalar).hasSameSizeAs(simd);
    int same = 0;
    for (Map.Entry<String, Float> hit : simd.entrySet()) {
      Float score = scalar.get(hit.getKey());
      if (score != null) {
        same++;
        assertThat(score).as(hit.getKey()).isCloseTo(hit.getValue(), within(1e-5f));
      } else {
        // Sums in another order round otherwise, which may lead a walk another way.
        assertThat(hit.getKey()).doesNotStartWith(Tier.EXACT.name());
      }
    }
    assertThat(same).isGreaterThan(simd.size() * 995 / 1_000);
  }

  private static Map<String, Float> scores(List<String> lines) {
    Map<String, Float> scores = new HashMap<>();
    for (String line : lines) {
      int end = line.lastIndexOf(' ');
      scores.put(line.substring(0, end), Float.valueOf(line.substring(end + 1)));
    }
    return scores;
  }
}
