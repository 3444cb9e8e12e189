package io.mnemogrid.node.grid.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.grid.shard.ImageBytes;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageChunksTest {
  private static final int CHUNK_BYTES = 16;

  private final AtomicInteger handOffs = new AtomicInteger();

  @ParameterizedTest
  @CsvSource({"17, 1", "32, 4", "40, 1", "40, 2", "40, 100", "100, 3"})
  void aLargeImageIsHandedOffWithItsChecksumInAMessageOfItsOwn(int bytes, int chunksAMessage)
      throws IOException {
    List<byte[]> image = image(bytes);
    List<List<ImageChunkOperation>> messages = messages(image, chunksAMessage);
    List<ImageChunkOperation> last = messages.getLast();
    assertThat(last).hasSize(1);
    assertThat(last.getFirst().isLast()).isTrue();
    assertThat(last.getFirst().bytes()).hasSize(Long.BYTES);
    assertIsWhole(bytes, messages);
  }

  @Test
  void aSmallImageIsOneMessage() throws IOException {
    List<List<ImageChunkOperation>> messages = messages(image(3), 100);
    assertThat(messages).hasSize(1);
    assertThat(messages.getFirst()).hasSize(1);
    assertIsWhole(3, messages);
  }

  @Test
  void behindTheLastThereIsNone() throws IOException {
    ImageChunks chunks = new ImageChunks(1, image(3), () -> {});
    chunks.next();
    assertThatThrownBy(chunks::next).isInstanceOf(NoSuchElementException.class);
  }

  private static void assertIsWhole(int bytes, List<List<ImageChunkOperation>> messages)
      throws IOException {
    List<ImageChunkOperation> all = messages.stream().flatMap(List::stream).toList();
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).number()).isEqualTo(i);
      assertThat(all.get(i).isLast()).isEqualTo(i == all.size() - 1);
    }
    DataInput read = ImageBytes.verified(all.stream().map(ImageChunkOperation::bytes).toList());
    for (int i = 0; i < bytes; i++) {
      assertThat(read.readByte()).isEqualTo((byte) i);
    }
  }

  private static List<byte[]> image(int bytes) throws IOException {
    ImageBytes.Writer image = new ImageBytes.Writer(CHUNK_BYTES);
    for (int i = 0; i < bytes; i++) {
      image.data().writeByte(i);
    }
    return image.finish();
  }

  /** As Hazelcast asks for them: until a message is full, or null ends it. */
  private List<List<ImageChunkOperation>> messages(List<byte[]> image, int chunksAMessage) {
    ImageChunks chunks = new ImageChunks(1, image, handOffs::incrementAndGet);
    List<List<ImageChunkOperation>> messages = new ArrayList<>();
    while (chunks.hasNext()) {
      assertThat(handOffs).hasValue(0);
      chunks.signalEndOfChunkWith(out -> false);
      List<ImageChunkOperation> message = new ArrayList<>();
      while (chunks.hasNext() && message.size() < chunksAMessage) {
        ImageChunkOperation chunk = (ImageChunkOperation) chunks.next();
        if (chunk == null) {
          break;
        }
        message.add(chunk);
      }
      messages.add(message);
    }
    assertThat(handOffs).hasValue(1);
    return messages;
  }
}
