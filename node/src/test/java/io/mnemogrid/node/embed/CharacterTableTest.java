package io.mnemogrid.node.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CharacterTableTest {
  private static final String FROM = "\uFF32";
  private static final String TABLE = TinyTokenizer.charsmap(FROM, "r");
  private static final long SEED = 20_261_128;

  @Test
  void aTableOfWhichEveryWayEndsInATextIsGood() {
    assertThatCode(() -> CharacterTable.check(TABLE)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0x7FFFFC00, leads beyond its end",
    "0, 0x00140000, leads beyond its end",
    "leaf, 0x80000003, leads to no text",
    "leaf, 0xFFFFFFFF, leads to no text"
  })
  void aWayThatLeavesTheTableIsFound(String place, String unit, String complaint) {
    int at = place.equals("leaf") ? leaf() : Integer.parseInt(place);
    assertThatThrownBy(() -> CharacterTable.check(with(at, Long.decode(unit).intValue())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(complaint);
  }

  /** The library ends the process by a table that it cannot follow, so passing is surviving. */
  @Test
  void whatIsNotRefusedTakesEveryText() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    String json = TinyTokenizer.unigram().json();
    int taken = 0;
    for (int i = 0; i < 400; i++) {
      String broken = with(random.nextInt(units()), random.nextInt() >>> random.nextInt(31));
      if (isGood(broken)) {
        taken++;
        try (Tokenizer tokenizer = Tokenizers.read(json.replace(TABLE, broken))) {
          tokenizer.encode(texts(random));
        }
      }
    }
    assertThat(taken).as("seed %d", SEED).isBetween(1, 399);
  }

  private static boolean isGood(String table) {
    try {
      CharacterTable.check(table);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static String texts(SplittableRandom random) {
    StringBuilder texts = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      texts.append(FROM).appendCodePoint(random.nextInt(1, Character.MIN_SURROGATE));
    }
    return texts.toString();
  }

  private static int units() {
    return table().getInt() / Integer.BYTES;
  }

  /** Where the value of the only text that is mapped stands: in the last block, at its begin. */
  private static int leaf() {
    return units() - 256;
  }

  private static String with(int at, int unit) {
    ByteBuffer table = table();
    table.putInt(Integer.BYTES * (1 + at), unit);
    return Base64.getEncoder().encodeToString(table.array());
  }

  private static ByteBuffer table() {
    return ByteBuffer.wrap(Base64.getDecoder().decode(TABLE)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
