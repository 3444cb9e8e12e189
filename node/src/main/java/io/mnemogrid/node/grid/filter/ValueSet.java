package io.mnemogrid.node.grid.filter;

import io.mnemogrid.node.model.FieldValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Some values, to look others up among. Its values are numbered from 0 on, each once. */
final class ValueSet {
  /** No value of the set. */
  static final int NONE = -1;

  private final long[] wholes;
  private final double[] reals;
  private final byte[][] texts;
  private final int[] textNumbers;
  private final int nullNumber;
  private final int trueNumber;
  private final int falseNumber;
  private final int size;

  ValueSet(List<FieldValue> values) {
    List<Long> someWholes = new ArrayList<>();
    List<Double> someReals = new ArrayList<>();
    List<byte[]> someTexts = new ArrayList<>();
    for (FieldValue value : values.stream().distinct().toList()) {
      switch (value) {
        case FieldValue.Whole(long whole) -> someWholes.add(whole);
        case FieldValue.Real(double real) -> someReals.add(real);
        case FieldValue.Text(String text) -> someTexts.add(text.getBytes(StandardCharsets.UTF_8));
        case FieldValue.Flag _, FieldValue.Null _ -> {}
      }
    }
    wholes = someWholes.stream().mapToLong(Long::longValue).sorted().toArray();
    reals = someReals.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int next = wholes.length + reals.length;
    nullNumber = values.contains(new FieldValue.Null()) ? next++ : NONE;
    trueNumber = values.contains(new FieldValue.Flag(true)) ? next++ : NONE;
    falseNumber = values.contains(new FieldValue.Flag(false)) ? next++ : NONE;
    texts = new byte[Integer.highestOneBit(Math.max(1, someTexts.size())) * 4][];
    textNumbers = new int[texts.length];
    Arrays.fill(textNumbers, NONE);
    for (byte[] text : someTexts) {
      int place = place(text, 0, text.length);
      texts[place] = text;
      textNumbers[place] = next++;
    }
    size = next;
  }

  int size() {
    return size;
  }

  boolean hasNull() {
    return nullNumber != NONE;
  }

  /** The number of the value in this set, or {@link #NONE} if it is not in it. */
  int numberOf(ScalarValue value) {
    return switch (value.kind()) {
      case NULL -> nullNumber;
      case FLAG -> value.flag() ? trueNumber : falseNumber;
      case TEXT -> textNumbers[place(value.text(), value.from(), value.to())];
      case NUMBER ->
          value.isWhole()
              ? found(Arrays.binarySearch(wholes, value.wholeNumber()), 0)
              : found(Arrays.binarySearch(reals, value.realNumber()), wholes.length);
    };
  }

  private static int found(int at, int first) {
    return at < 0 ? NONE : first + at;
  }

  /** Where the text is, or the free place where it would be put; at most half are taken. */
  private int place(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int mask = texts.length - 1;
    int at = (hash ^ hash >>> 16) & mask;
    while (textNumbers[at] != NONE
        && !Arrays.equals(texts[at], 0, texts[at].length, bytes, from, to)) {
      at = at + 1 & mask;
    }
    return at;
  }
}
