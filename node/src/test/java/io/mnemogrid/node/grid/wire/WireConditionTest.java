package io.mnemogrid.node.grid.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.internal.nio.BufferObjectDataOutput;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import io.mnemogrid.node.model.Condition;
import io.mnemogrid.node.model.FieldTest;
import io.mnemogrid.node.model.FieldValue;
import io.mnemogrid.node.model.MemoryField;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.MemoryType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WireConditionTest {
  private static final InternalSerializationService SERIALIZATION =
      new DefaultSerializationServiceBuilder().build();

  private static final List<FieldValue> VALUES =
      List.of(
          new FieldValue.Null(),
          new FieldValue.Flag(true),
          new FieldValue.Flag(false),
          new FieldValue.Whole(Long.MIN_VALUE),
          new FieldValue.Real(-0.1),
          new FieldValue.Text("é😀"));

  @Test
  void everyConditionComesOutAsItWentIn() throws IOException {
    List<FieldTest> tests = tests();
    assertThat(tests.stream().map(FieldTest::getClass).collect(Collectors.toSet()))
        .as("every kind of test")
        .hasSize(FieldTest.class.getPermittedSubclasses().length);
    List<Condition> conditions = new ArrayList<>();
    for (MemoryField field : fields()) {
      tests.forEach(test -> conditions.add(new Condition.On(field, test)));
    }
    Condition everything =
        new Condition.Not(
            new Condition.Any(
                List.of(new Condition.All(conditions), Condition.ALWAYS, Condition.NEVER)));
    MemoryFilter filter =
        new MemoryFilter(MemoryType.WORKING, 0.25f, null, List.of("a"), "s", null, 7L, everything);
    assertThat(roundTrip(filter)).isEqualTo(filter);
    assertThat(roundTrip(MemoryFilter.ALL)).isEqualTo(MemoryFilter.ALL);
  }

  @Test
  void aKindThatIsNotKnownIsRefused() {
    byte[] unknown = {9};
    assertThatThrownBy(() -> WireCondition.read(SERIALIZATION.createObjectDataInput(unknown)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("kind 9");
  }

  private static List<MemoryField> fields() {
    return Stream.concat(
            Stream.of(new MemoryField.Metadata("a.b"), new MemoryField.Metadata("")),
            Stream.of(MemoryField.Own.values()))
        .toList();
  }

  private static List<FieldTest> tests() {
    List<FieldTest> tests = new ArrayList<>(List.of(new FieldTest.Exists()));
    for (FieldValue value : VALUES) {
      tests.add(new FieldTest.Equals(value));
      tests.add(new FieldTest.Contains(value));
    }
    tests.add(new FieldTest.OneOf(VALUES));
    tests.add(new FieldTest.OneOf(List.of()));
    tests.add(new FieldTest.HoldsAny(VALUES));
    tests.add(new FieldTest.HoldsAll(VALUES));
    for (FieldTest.Order order : FieldTest.Order.values()) {
      tests.add(new FieldTest.Compares(order, VALUES.getLast()));
    }
    for (FieldTest.Likeness likeness : FieldTest.Likeness.values()) {
      tests.add(new FieldTest.Matches(likeness, "a*"));
    }
    return tests;
  }

  private static MemoryFilter roundTrip(MemoryFilter filter) throws IOException {
    BufferObjectDataOutput out = SERIALIZATION.createObjectDataOutput();
    Wire.writeFilter(filter, out);
    return Wire.readFilter(SERIALIZATION.createObjectDataInput(out.toByteArray()));
  }
}
