package io.mnemogrid.node.grid.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.model.Stamp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentTokensTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 16, 17, RecentTokens.CAPACITY, RecentTokens.CAPACITY + 5_000})
  void whoeverTakesThemOverForgetsTheOldestFirst(int writes) throws IOException {
    RecentTokens tokens = new RecentTokens();
    for (long token = 0; token < writes; token++) {
      tokens.add(new DoneWrite(token, stamp(token)));
    }
    RecentTokens moved = moved(tokens);
    RecentTokens merged = new RecentTokens();
    merged.addAll(tokens);
    for (RecentTokens each : new RecentTokens[] {tokens, moved, merged}) {
      for (long token = writes; token < writes + 100; token++) {
        each.add(new DoneWrite(token, stamp(token)));
      }
      long oldest = Math.max(0, writes + 100 - RecentTokens.CAPACITY);
      for (long token = 0; token < writes + 100; token++) {
        assertThat(each.contains(token)).as("%d of %d", token, writes).isEqualTo(token >= oldest);
        if (token >= oldest) {
          assertThat(each.stamp(token)).isEqualTo(stamp(token));
        }
      }
    }
  }

  @Test
  void aTokenThatIsThereAlreadyTakesNoPlace() {
    RecentTokens tokens = new RecentTokens();
    tokens.add(new DoneWrite(1, stamp(10)));
    for (int i = 0; i < RecentTokens.CAPACITY; i++) {
      tokens.add(new DoneWrite(2, stamp(20 + i)));
    }
    assertThat(tokens.contains(1)).isTrue();
    assertThat(tokens.stamp(2)).isEqualTo(stamp(20));
  }

  private static Stamp stamp(long number) {
    return new Stamp(1, (int) -number, number);
  }

  private static RecentTokens moved(RecentTokens tokens) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    tokens.writeTo(new DataOutputStream(bytes));
    RecentTokens moved = new RecentTokens();
    moved.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    return moved;
  }
}
