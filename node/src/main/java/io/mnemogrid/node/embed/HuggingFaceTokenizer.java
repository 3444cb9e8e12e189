package io.mnemogrid.node.embed;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.eclipse.collections.api.set.primitive.IntSet;

/**
 * Any tokenizer of a {@code tokenizer.json}, as Hugging Face's own library runs it: Unigram,
 * byte-level BPE and the rest. Ids are those of the library but for one intended difference: the
 * spelling of a special token inside a text, {@code </s>}, is left out.
 *
 * <p>Of the library only text to ids is used. It is told neither to cut nor to fill up, and adds no
 * special tokens.
 */
final class HuggingFaceTokenizer implements Tokenizer {
  private static final TokenizersLibrary LIBRARY = TokenizersLibrary.LIB;

  /** Chars of a text that are read at first for each id that is wanted; seldom fewer will do. */
  private static final int CHARS_PER_ID = 16;

  /** No model has a piece for it, and some files forget to say what is to be read instead. */
  private static final String UNHEARD_OF = "\uE000";

  private final long handle;
  private final Specials specials;
  private volatile boolean closed;

  /**
   * What the file says of special tokens.
   *
   * @param unspeakable those that no text may have in it
   */
  record Specials(Template template, int padding, IntSet unspeakable) {}

  private HuggingFaceTokenizer(long handle, Specials specials) {
    this.handle = handle;
    this.specials = specials;
  }

  /**
   * @param json what stands in the file
   * @param scratch folder for files that are gone again when this returns
   * @throws IOException when the library cannot read it, or does not run here
   */
  static HuggingFaceTokenizer open(String json, Specials specials, Path scratch)
      throws IOException {
    NativeTokenizers.load(scratch);
    long handle;
    try {
      handle = LIBRARY.createTokenizerFromString(json);
    } catch (RuntimeException e) {
      throw TokenizerFile.wrong("cannot be read by Hugging Face's library: " + e.getMessage());
    }
    LIBRARY.disableTruncation(handle);
    LIBRARY.disablePadding(handle);
    HuggingFaceTokenizer tokenizer = new HuggingFaceTokenizer(handle, specials);
    try {
      tokenizer.encode(UNHEARD_OF);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw TokenizerFile.wrong("cannot take any text: " + e.getMessage());
    }
    return tokenizer;
  }

  @Override
  public int[] encode(String text) {
    if (closed) {
      throw new IllegalStateException("the tokenizer is closed");
    }
    long encoding = LIBRARY.encode(handle, whole(text), false);
    try {
      return Arrays.stream(LIBRARY.getTokenIds(encoding))
          .mapToInt(Math::toIntExact)
          .filter(id -> !specials.unspeakable.contains(id))
          .toArray();
    } finally {
      LIBRARY.deleteEncoding(encoding);
    }
  }

  @Override
  public int[] encode(String text, int limit) {
    long chars = (long) limit * CHARS_PER_ID;
    if (text.length() > chars) {
      int[] ids = encode(text.substring(0, (int) chars));
      if (ids.length > limit) {
        return Arrays.copyOf(ids, limit);
      }
    }
    return Tokenizer.super.encode(text, limit);
  }

  /** Without halves of characters: one of them, and the library misreads others of the text. */
  private static String whole(String text) {
    if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return text;
    }
    StringBuilder whole = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> Character.getType(c) != Character.SURROGATE)
        .forEach(whole::appendCodePoint);
    return whole.toString();
  }

  @Override
  public Template template() {
    return specials.template;
  }

  @Override
  public int padding() {
    return specials.padding;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      LIBRARY.deleteTokenizer(handle);
    }
  }
}
