package io.mnemogrid.node.http;

import io.mnemogrid.node.memory.WriteGuard;
import io.mnemogrid.node.model.Precondition;
import io.mnemogrid.node.model.RequestMark;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads conditions on a write, and what makes it known when it is sent again, out of the headers.
 *
 * <p>A request is known by the key that sends it and its {@code Idempotency-Key}: no key learns of
 * another's. Of what it asks for, a digest is taken of the operation, its parameters and its body,
 * however the body is laid out as JSON.
 */
final class WriteGuards {
  static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private WriteGuards() {}

  static WriteGuard of(Call call) {
    return new WriteGuard(precondition(call), mark(call), 0);
  }

  /**
   * @throws RequestRefused if the headers are malformed or contradict each other
   */
  static Precondition precondition(Call call) {
    Precondition match = EntityTags.ifMatch(call.parameters().text(EntityTags.IF_MATCH));
    Precondition noneMatch =
        EntityTags.ifNoneMatch(call.parameters().text(EntityTags.IF_NONE_MATCH));
    if (!match.equals(Precondition.NONE) && !noneMatch.equals(Precondition.NONE)) {
      throw new RequestRefused(
          Problem.invalid(
              "the conditions contradict each other",
              "If-Match wants a memory to be there and If-None-Match none: send one of them"));
    }
    return match.equals(Precondition.NONE) ? noneMatch : match;
  }

  private static @Nullable RequestMark mark(Call call) {
    String name = call.parameters().text(IDEMPOTENCY_KEY);
    if (name == null) {
      return null;
    }
    Map<String, @Nullable Object> parameters = new TreeMap<>(call.parameters().values());
    parameters.remove(IDEMPOTENCY_KEY);
    return new RequestMark(
        digest(List.of(call.permit().key().id(), name)),
        digest(List.of(call.operation(), parameters, call.body().values())));
  }

  private static RequestMark.Digest digest(Object value) {
    try (var hash = new DigestOutputStream(OutputStream.nullOutputStream(), sha256());
        var out = new DataOutputStream(hash)) {
      write(value, out);
      ByteBuffer digest = ByteBuffer.wrap(hash.getMessageDigest().digest());
      return new RequestMark.Digest(digest.getLong(), digest.getLong());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is written anywhere
    }
  }

  /** Writes a JSON value so that no two have the same bytes; fields are in the order of names. */
  private static void write(@Nullable Object value, DataOutputStream out) throws IOException {
    switch (value) {
      case null -> out.writeByte('n');
      case Boolean flag -> out.writeByte(flag ? 't' : 'f');
      case Integer number -> writeWhole(number, out);
      case Long number -> writeWhole(number, out);
      case Double number -> {
        out.writeByte('d');
        out.writeDouble(number);
      }
      case List<?> items -> {
        out.writeByte('[');
        out.writeInt(items.size());
        for (Object item : items) {
          write(item, out);
        }
      }
      case Map<?, ?> fields -> {
        out.writeByte('{');
        out.writeInt(fields.size());
        Map<Object, @Nullable Object> sorted = new TreeMap<>(fields);
        for (Map.Entry<Object, @Nullable Object> field : sorted.entrySet()) {
          writeText(String.valueOf(field.getKey()), out);
          write(field.getValue(), out);
        }
      }
      case Number number -> {
        out.writeByte('m');
        writeText(number.toString(), out);
      }
      default -> writeText(value.toString(), out);
    }
  }

  private static void writeWhole(long number, DataOutputStream out) throws IOException {
    out.writeByte('i');
    out.writeLong(number);
  }

  private static void writeText(String text, DataOutputStream out) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeByte('s');
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
