package io.mnemogrid.node.grid.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PathScanTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"a\":1} | a | 1",
        "{\"b\":2,\"a\":\"x\"} | a | \"x\"",
        "{\"b\":\"}\\\"{\",\"a\":true} | a | true",
        "{\"b\":{\"a\":1},\"a\":2} | a | 2",
        "{\"a\":{\"b\":{\"c\":null}}} | a.b.c | null",
        "{\"a\":{\"b\":[1,2]}} | a.b | [1,2]",
        "{\"a\":{\"b\":1}} | a | {\"b\":1}",
        "{\"a.b\":1,\"a\":{\"b\":2}} | a.b | 1 2",
        "{\"a\":{\"b.c\":1},\"a.b\":{\"c\":2}} | a.b.c | 1 2",
        "{\"a\":[{\"b\":1},{\"c\":2},3,[{\"b\":4}],{\"b\":5}]} | a.b | 1 5",
        "{\"\\u0061\\n\":1} | a~n | ",
        "{\"\\u0061\":1} | a | 1",
        "{\"\\ud83d\\ude00\":1} | 😀 | 1",
        "{ \"a\" : { \"b\" : 1 } , \"c\" : 2 } | c | 2",
        "{ \"a\" : [ { \"b\" : 1 } , { \"b\" : 2 } ] } | a.b | 1 2",
        "{} | a | ",
        "{\"ab\":1} | a | ",
        "{\"a\":1} | ab | ",
        "{\"a\":1} | a.b | ",
        "{\"\":1} | a | ",
        "{\"a\":{\"\":1}} | a. | 1",
      })
  void valuesAreFoundByTheirPaths(String json, String path, String found) {
    assertThat(String.join(" ", values(json, List.of(path), 0)))
        .isEqualTo(found == null ? "" : found);
  }

  @Test
  void severalPathsAreFoundAtOnceAndForgottenWithTheNextText() {
    String json = "{\"a\":{\"b\":1,\"c\":{\"d\":2}},\"e\":3}";
    List<String> paths = List.of("a.c.d", "a", "e", "a.b", "x");
    assertThat(values(json, paths, 0)).containsExactly("2");
    assertThat(values(json, paths, 1)).containsExactly("{\"b\":1,\"c\":{\"d\":2}}");
    assertThat(values(json, paths, 2)).containsExactly("3");
    assertThat(values(json, paths, 3)).containsExactly("1");
    assertThat(values(json, paths, 4)).isEmpty();
    PathScan scan = new PathScan(paths);
    scan.scan(bytes(json), 0, json.length());
    scan.scan(bytes("{}"), 0, 2);
    assertThat(scan.firstValue(0)).isEqualTo(PathScan.NONE);
  }

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  /** Nothing keeps such text; but were it kept, a search must still end. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void brokenTextEndsTheScanAndNothingElse(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String json = "{\"a\":[{\"b\":\"\\u00e9\\\"\"},-1.5e3,[null]],\"c\":{\"b\":true},\"b\":\"x\"}";
    PathScan scan = new PathScan(List.of("a.b", "c", "b"));
    ScalarValue value = new ScalarValue();
    ValueTest test = ValueTest.of(new io.mnemogrid.node.model.FieldTest.Exists());
    for (int i = 0; i < 5_000; i++) {
      byte[] text = Arrays.copyOf(bytes(json), random.nextInt(json.length() + 1));
      for (int changes = random.nextInt(4); changes > 0 && text.length > 0; changes--) {
        text[random.nextInt(text.length)] = (byte) "{}[]\",:\\x1".charAt(random.nextInt(10));
      }
      scan.scan(text, 0, text.length);
      for (int path = 0; path < 3; path++) {
        for (int v = scan.firstValue(path); v != PathScan.NONE; v = scan.nextValue(v)) {
          test.passesJson(text, scan.start(v), scan.end(v), value);
        }
      }
    }
  }

  private static List<String> values(String json, List<String> paths, int path) {
    byte[] text = bytes("before" + json + "behind");
    PathScan scan = new PathScan(paths);
    scan.scan(text, 6, text.length - 6);
    List<String> values = new ArrayList<>();
    for (int v = scan.firstValue(path); v != PathScan.NONE; v = scan.nextValue(v)) {
      values.addFirst(
          new String(text, scan.start(v), scan.end(v) - scan.start(v), StandardCharsets.UTF_8));
    }
    return values;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
