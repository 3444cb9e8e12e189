package io.mnemogrid.node.grid.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.model.Stamp;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The order of ids in records, which must be that of the strings they are read as. */
class IdOrderTest {
  private static final long SEED = 7;
  private static final int[] CODE_POINTS = {
    'a', 'b', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xF8FF, 0xFFFD, 0x1_0000, 0x1_F600,
    0x10_FFFF
  };

  @Test
  void isThatOfTheirStrings() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<String> ids = Stream.generate(() -> id(random)).limit(400).distinct().toList();
    for (String one : ids) {
      for (String other : ids) {
        assertThat(Integer.signum(record(one).compareIds(record(other))))
            .as("'%s' and '%s'; seed %d", one, other, SEED)
            .isEqualTo(Integer.signum(one.compareTo(other)));
      }
    }
  }

  private static String id(SplittableRandom random) {
    StringBuilder id = new StringBuilder();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      id.appendCodePoint(CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
    }
    return id.toString();
  }

  private static MemoryRecord record(String id) {
    return RecordWriter.tombstone(id, Stamp.NONE, 0);
  }
}
