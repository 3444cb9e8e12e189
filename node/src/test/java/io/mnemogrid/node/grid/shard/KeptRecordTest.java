package io.mnemogrid.node.grid.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.Provenance;
import io.mnemogrid.node.model.Stamp;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeptRecordTest {
  private static final MemoryRecord RECORD =
      RecordWriter.created(
          Containers.store("id", "what it says", 0.5f, new float[4]), new Stamp(1, 2, 3), 7);

  @Test
  void onlyTheOriginOfARestoredRecordIsAnother() {
    Memory before = RECORD.toMemory("n", 1, 2);
    Memory after = KeptRecord.restored(KeptRecord.read(RECORD.bytes())).toMemory("n", 1, 2);
    assertThat(after.provenance().origin()).isEqualTo(Provenance.Origin.RESTORED);
    assertThat(after)
        .usingRecursiveComparison()
        .ignoringFields("provenance.origin")
        .isEqualTo(before);
    assertThat(RECORD.toMemory("n", 1, 2)).isEqualTo(before);
  }

  @Test
  void aTombstoneStaysWhatItIs() {
    MemoryRecord gone = RecordWriter.tombstone(RECORD, new Stamp(1, 2, 4), 9);
    assertThat(KeptRecord.restored(KeptRecord.read(gone.bytes())).bytes()).isEqualTo(gone.bytes());
  }

  @Test
  void aRecordThatIsCutOrLongerIsRefused() {
    byte[] whole = RECORD.bytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatIllegalArgumentException().isThrownBy(() -> KeptRecord.read(cut));
    }
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    assertThatIllegalArgumentException().isThrownBy(() -> KeptRecord.read(longer));
  }

  @Test
  void whateverTheBytesNothingButARefusalComesOfThem() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = RECORD.bytes().clone();
      for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(KeptRecord.read(bytes).id()).as("seed 1, round %d", round).isNotEmpty();
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).as("seed 1, round %d", round).isNotEmpty();
      }
    }
  }
}
