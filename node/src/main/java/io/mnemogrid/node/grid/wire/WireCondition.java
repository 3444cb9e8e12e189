package io.mnemogrid.node.grid.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.model.Condition;
import io.mnemogrid.node.model.FieldTest;
import io.mnemogrid.node.model.FieldValue;
import io.mnemogrid.node.model.MemoryField;
import java.io.IOException;
import java.util.List;

/** The form of conditions inside operations: each node as its kind, a byte, and what it holds. */
public final class WireCondition {
  private static final byte METADATA = -1;
  private static final MemoryField.Own[] FIELDS = MemoryField.Own.values();
  private static final FieldTest.Order[] ORDERS = FieldTest.Order.values();
  private static final FieldTest.Likeness[] LIKENESSES = FieldTest.Likeness.values();

  private WireCondition() {}

  public static void write(Condition condition, ObjectDataOutput out) throws IOException {
    switch (condition) {
      case Condition.All(List<Condition> all) -> {
        out.writeByte(0);
        Wire.writeList(all, out, WireCondition::write);
      }
      case Condition.Any(List<Condition> any) -> {
        out.writeByte(1);
        Wire.writeList(any, out, WireCondition::write);
      }
      case Condition.Not(Condition opposite) -> {
        out.writeByte(2);
        write(opposite, out);
      }
      case Condition.On(MemoryField field, FieldTest test) -> {
        out.writeByte(3);
        writeField(field, out);
        writeTest(test, out);
      }
    }
  }

  public static Condition read(ObjectDataInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 0 -> new Condition.All(Wire.readList(in, WireCondition::read));
      case 1 -> new Condition.Any(Wire.readList(in, WireCondition::read));
      case 2 -> new Condition.Not(read(in));
      case 3 -> new Condition.On(readField(in), readTest(in));
      default -> throw new IOException("no condition is of kind " + kind);
    };
  }

  private static void writeField(MemoryField field, ObjectDataOutput out) throws IOException {
    switch (field) {
      case MemoryField.Own own -> out.writeByte(own.ordinal());
      case MemoryField.Metadata(String path) -> {
        out.writeByte(METADATA);
        out.writeString(path);
      }
    }
  }

  private static MemoryField readField(ObjectDataInput in) throws IOException {
    byte field = in.readByte();
    return field == METADATA ? new MemoryField.Metadata(Wire.readText(in)) : FIELDS[field];
  }

  private static void writeTest(FieldTest test, ObjectDataOutput out) throws IOException {
    switch (test) {
      case FieldTest.Equals(FieldValue value) -> {
        out.writeByte(0);
        writeValue(value, out);
      }
      case FieldTest.OneOf(List<FieldValue> values) -> {
        out.writeByte(1);
        Wire.writeList(values, out, WireCondition::writeValue);
      }
      case FieldTest.Compares(FieldTest.Order order, FieldValue bound) -> {
        out.writeByte(2);
        out.writeByte(order.ordinal());
        writeValue(bound, out);
      }
      case FieldTest.Exists() -> out.writeByte(3);
      case FieldTest.Contains(FieldValue value) -> {
        out.writeByte(4);
        writeValue(value, out);
      }
      case FieldTest.Matches(FieldTest.Likeness likeness, String text) -> {
        out.writeByte(5);
        out.writeByte(likeness.ordinal());
        out.writeString(text);
      }
      case FieldTest.HoldsAny(List<FieldValue> values) -> {
        out.writeByte(6);
        Wire.writeList(values, out, WireCondition::writeValue);
      }
      case FieldTest.HoldsAll(List<FieldValue> values) -> {
        out.writeByte(7);
        Wire.writeList(values, out, WireCondition::writeValue);
      }
    }
  }

  private static FieldTest readTest(ObjectDataInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 0 -> new FieldTest.Equals(readValue(in));
      case 1 -> new FieldTest.OneOf(Wire.readList(in, WireCondition::readValue));
      case 2 -> new FieldTest.Compares(ORDERS[in.readByte()], readValue(in));
      case 3 -> new FieldTest.Exists();
      case 4 -> new FieldTest.Contains(readValue(in));
      case 5 -> new FieldTest.Matches(LIKENESSES[in.readByte()], Wire.readText(in));
      case 6 -> new FieldTest.HoldsAny(Wire.readList(in, WireCondition::readValue));
      case 7 -> new FieldTest.HoldsAll(Wire.readList(in, WireCondition::readValue));
      default -> throw new IOException("no test of a field is of kind " + kind);
    };
  }

  private static void writeValue(FieldValue value, ObjectDataOutput out) throws IOException {
    switch (value) {
      case FieldValue.Null() -> out.writeByte(0);
      case FieldValue.Flag(boolean flag) -> {
        out.writeByte(1);
        out.writeBoolean(flag);
      }
      case FieldValue.Whole(long whole) -> {
        out.writeByte(2);
        out.writeLong(whole);
      }
      case FieldValue.Real(double real) -> {
        out.writeByte(3);
        out.writeDouble(real);
      }
      case FieldValue.Text(String text) -> {
        out.writeByte(4);
        out.writeString(text);
      }
    }
  }

  private static FieldValue readValue(ObjectDataInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 0 -> new FieldValue.Null();
      case 1 -> new FieldValue.Flag(in.readBoolean());
      case 2 -> new FieldValue.Whole(in.readLong());
      case 3 -> new FieldValue.Real(in.readDouble());
      case 4 -> new FieldValue.Text(Wire.readText(in));
      default -> throw new IOException("no value is of kind " + kind);
    };
  }
}
