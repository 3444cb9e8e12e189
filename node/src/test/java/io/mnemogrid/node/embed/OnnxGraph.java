package io.mnemogrid.node.embed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Writes a small network in the ONNX format (operators of version 11), byte by byte, so that tests
 * need no file that somebody else made.
 */
final class OnnxGraph {
  static final int FLOAT = 1;
  static final int INT64 = 7;

  /** A size of a tensor that is left open. */
  static final long ANY = -1;

  private static final int IR_VERSION = 7;
  private static final int OPERATORS_VERSION = 11;
  private static final int ATTRIBUTE_INT = 2;
  private static final int ATTRIBUTE_INTS = 7;

  private final Message graph = new Message().text(2, "tiny");

  OnnxGraph input(String name, int type, long... shape) {
    graph.message(11, value(name, type, shape));
    return this;
  }

  OnnxGraph output(String name, int type, long... shape) {
    graph.message(12, value(name, type, shape));
    return this;
  }

  /** A table of numbers, row after row. */
  OnnxGraph constant(String name, float[][] rows) {
    ByteBuffer raw =
        ByteBuffer.allocate(rows.length * rows[0].length * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float[] row : rows) {
      for (float number : row) {
        raw.putFloat(number);
      }
    }
    graph.message(
        5,
        new Message()
            .number(1, rows.length)
            .number(1, rows[0].length)
            .number(2, FLOAT)
            .text(8, name)
            .bytes(9, raw.array()));
    return this;
  }

  /** One whole number, without any dimension. */
  OnnxGraph constant(String name, long number) {
    byte[] raw = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
    graph.message(5, new Message().number(2, INT64).text(8, name).bytes(9, raw));
    return this;
  }

  OnnxGraph node(String operator, List<String> inputs, String output, Attribute... attributes) {
    Message node = new Message();
    inputs.forEach(input -> node.text(1, input));
    node.text(2, output).text(4, operator);
    for (Attribute attribute : attributes) {
      Message message = new Message().text(1, attribute.name());
      if (attribute.isList()) {
        message.number(8, attribute.number()).number(20, ATTRIBUTE_INTS);
      } else {
        message.number(3, attribute.number()).number(20, ATTRIBUTE_INT);
      }
      node.message(5, message);
    }
    graph.message(1, node);
    return this;
  }

  /** A setting of an operator: a whole number, or a list of one. */
  record Attribute(String name, long number, boolean isList) {
    static Attribute number(String name, long number) {
      return new Attribute(name, number, false);
    }

    static Attribute list(String name, long number) {
      return new Attribute(name, number, true);
    }
  }

  byte[] file() {
    return new Message()
        .number(1, IR_VERSION)
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, OPERATORS_VERSION))
        .toBytes();
  }

  private static Message value(String name, int type, long... shape) {
    Message sizes = new Message();
    for (long size : shape) {
      sizes.message(1, size == ANY ? new Message().text(2, "any") : new Message().number(1, size));
    }
    Message tensor = new Message().number(1, type).message(2, sizes);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** A message of protocol buffers. */
  private static final class Message {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3 | VARINT);
      varint(value);
      return this;
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(UTF_8));
    }

    Message message(int field, Message value) {
      return bytes(field, value.toBytes());
    }

    Message bytes(int field, byte[] value) {
      varint((long) field << 3 | LENGTH_DELIMITED);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    byte[] toBytes() {
      return out.toByteArray();
    }

    private void varint(long value) {
      long left = value;
      while ((left & ~0x7FL) != 0) {
        out.write((int) (left & 0x7F) | 0x80);
        left >>>= 7;
      }
      out.write((int) left);
    }
  }
}
