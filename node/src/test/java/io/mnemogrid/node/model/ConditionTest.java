package io.mnemogrid.node.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
  private static final Condition A = exists("a");
  private static final Condition B = exists("b");

  @Test
  void whatSaysNothingIsLeftOut() {
    assertThat(Condition.all(List.of())).isEqualTo(Condition.ALWAYS);
    assertThat(Condition.any(List.of())).isEqualTo(Condition.NEVER);
    assertThat(Condition.all(List.of(A))).isEqualTo(A);
    assertThat(Condition.any(List.of(A))).isEqualTo(A);
    assertThat(Condition.all(List.of(Condition.ALWAYS, A))).isEqualTo(A);
    assertThat(Condition.any(List.of(Condition.NEVER, A))).isEqualTo(A);
    assertThat(Condition.all(List.of(A, Condition.NEVER))).isEqualTo(Condition.NEVER);
    assertThat(Condition.any(List.of(A, Condition.ALWAYS))).isEqualTo(Condition.ALWAYS);
    assertThat(Condition.all(List.of(Condition.all(List.of(A, B)), A)))
        .isEqualTo(new Condition.All(List.of(A, B, A)));
    assertThat(Condition.any(List.of(Condition.any(List.of(A, B)), A)))
        .isEqualTo(new Condition.Any(List.of(A, B, A)));
    assertThat(Condition.not(Condition.ALWAYS)).isEqualTo(Condition.NEVER);
    assertThat(Condition.not(Condition.NEVER)).isEqualTo(Condition.ALWAYS);
    assertThat(Condition.not(Condition.not(A))).isEqualTo(A);
  }

  @Test
  void aFilterIsEmptyIfItsConditionSaysNothing() {
    assertThat(MemoryFilter.ALL.where(Condition.ALWAYS).isEmpty()).isTrue();
    assertThat(MemoryFilter.ALL.where(A).isEmpty()).isFalse();
    assertThat(MemoryFilter.ALL.asCondition()).isEqualTo(Condition.ALWAYS);
    assertThat(MemoryFilter.ALL.where(A).asCondition()).isEqualTo(A);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, 1, -1, 1e15, 0x1p62, -0x1p63})
  void aWholeNumberIsOneHoweverItIsWritten(double number) {
    assertThat(FieldValue.number(number)).isEqualTo(new FieldValue.Whole((long) number));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0x1p63, -0x1.0000000000001p63, 1e300, Double.MIN_VALUE})
  void aFractionAndAHugeNumberAreNone(double number) {
    assertThat(FieldValue.number(number)).isEqualTo(new FieldValue.Real(number));
  }

  private static Condition exists(String path) {
    return new Condition.On(new MemoryField.Metadata(path), new FieldTest.Exists());
  }
}
