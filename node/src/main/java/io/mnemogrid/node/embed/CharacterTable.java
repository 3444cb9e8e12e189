package io.mnemogrid.node.embed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;

/**
 * The table of a {@code Precompiled} normalizer, base64: the bytes of a trie (int, little-endian),
 * the trie (ints), and the texts that it leads to (UTF-8, each ended by 0).
 *
 * <p>The trie is a double array (Aoe, "An Efficient Digital Search Algorithm by Using a
 * Double-Array Structure", 1989) in the form of darts-clone: a unit has the byte that leads to it,
 * how far its children are away, and whether one of them is a value.
 */
final class CharacterTable {
  private static final int BYTES = 256;
  private static final int LABEL_MASK = 1 << 31 | 0xff;
  private static final int HAS_VALUE = 1 << 8;
  private static final int VALUE_MASK = 0x7fff_ffff;

  private final int[] units;
  private final byte[] texts;
  private final BitSet seen = new BitSet();
  private final Deque<Integer> open = new ArrayDeque<>();

  private CharacterTable(int[] units, byte[] texts) {
    this.units = units;
    this.texts = texts;
  }

  /**
   * Follows all ways through the trie, as a text may lead along any.
   *
   * @throws IOException when one of them leaves the table
   */
  static void check(String base64) throws IOException {
    try {
      ByteBuffer table =
          ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
      int trieBytes = table.remaining() < Integer.BYTES ? -1 : table.getInt();
      if (trieBytes <= 0 || trieBytes % Integer.BYTES != 0 || trieBytes > table.remaining()) {
        throw wrong("its trie is cut off");
      }
      int[] units = new int[trieBytes / Integer.BYTES];
      table.asIntBuffer().get(units);
      table.position(table.position() + trieBytes);
      byte[] texts = new byte[table.remaining()];
      table.slice().get(texts);
      StandardCharsets.UTF_8.newDecoder().decode(table);
      new CharacterTable(units, texts).walk();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private void walk() throws IOException {
    reach(0, units[0]);
    while (!open.isEmpty()) {
      int children = open.pop();
      for (int label = 1; label < BYTES; label++) {
        int child = children ^ label;
        int unit = units[child];
        if ((unit & LABEL_MASK) == label) {
          reach(child, unit);
        }
      }
    }
  }

  /** Any byte may follow in a text, so every place where a child could be is looked at. */
  private void reach(int node, int unit) throws IOException {
    int children = node ^ (unit >>> 10) << ((unit & 1 << 9) >>> 6);
    if (children < 0 || (children | BYTES - 1) >= units.length) {
      throw wrong("its trie leads beyond its end");
    }
    if ((unit & HAS_VALUE) != 0) {
      requireText(units[children] & VALUE_MASK);
    }
    if (!seen.get(children)) {
      seen.set(children);
      open.push(children);
    }
  }

  private void requireText(int begin) throws IOException {
    boolean isInside = begin < texts.length && (texts[begin] & 0xc0) != 0x80;
    if (!isInside && begin != texts.length) {
      throw wrong("its trie leads to no text");
    }
  }

  private static IOException wrong(String problem) {
    return TokenizerFile.wrong("normalizer: precompiled_charsmap is broken: " + problem);
  }
}
