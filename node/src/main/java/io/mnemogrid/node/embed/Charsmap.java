package io.mnemogrid.node.embed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The table of a {@code Precompiled} normalizer: the bytes of a trie (int, little-endian), the trie
 * (ints), and the texts that it leads to (UTF-8). It is looked at before the library reads it,
 * which ends the process where the table is broken.
 */
final class Charsmap {
  private Charsmap() {}

  /**
   * @param normalizer the section of a tokenizer's file, or a part of it
   * @throws IOException when there is such a table in it, and it is broken
   */
  static void check(Json normalizer) throws IOException {
    if (normalizer.field("type").is("Precompiled")) {
      checkTable(normalizer.field("precompiled_charsmap").text().orElse(""));
    }
    for (Json part : normalizer.field("normalizers").items()) {
      check(part);
    }
  }

  private static void checkTable(String base64) throws IOException {
    try {
      ByteBuffer table =
          ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
      int trieBytes = table.remaining() < Integer.BYTES ? -1 : table.getInt();
      if (trieBytes <= 0 || trieBytes % Integer.BYTES != 0 || trieBytes > table.remaining()) {
        throw wrong("its trie is cut off");
      }
      table.position(table.position() + trieBytes);
      StandardCharsets.UTF_8.newDecoder().decode(table);
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private static IOException wrong(String problem) {
    return TokenizerFile.wrong("normalizer: precompiled_charsmap is broken: " + problem);
  }
}
