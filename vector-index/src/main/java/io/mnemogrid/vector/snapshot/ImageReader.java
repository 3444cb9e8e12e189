package io.mnemogrid.vector.snapshot;

import io.mnemogrid.vector.memory.Region;
import io.mnemogrid.vector.rows.SlotSet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Takes an image in chunks and puts it where the receiver says, once the header is known. */
public final class ImageReader {
  private final Receiver receiver;
  private final ArrayDeque<MemorySegment> parts = new ArrayDeque<>();
  private final CRC32C checksum = new CRC32C();
  private final byte[] header = new byte[ImageHeader.BYTES];
  private final byte[] trailer = new byte[ImageParts.TRAILER_BYTES];
  private byte[] live = new byte[0];
  private byte[] linked = new byte[0];
  private @Nullable ImageHeader decoded;
  private long offsetInPart;

  public ImageReader(Receiver receiver) {
    this.receiver = receiver;
    parts.add(MemorySegment.ofArray(header));
  }

  /**
   * Takes the next bytes; copied.
   *
   * @throws DamagedImageException if this cannot be part of an image, or is more than one
   */
  public void accept(byte[] chunk) {
    int taken = 0;
    while (taken < chunk.length) {
      if (parts.isEmpty()) {
        throw new DamagedImageException("more bytes than an image has");
      }
      MemorySegment part = parts.getFirst();
      int bytes = (int) Math.min(chunk.length - taken, part.byteSize() - offsetInPart);
      MemorySegment.copy(chunk, taken, part, ValueLayout.JAVA_BYTE, offsetInPart, bytes);
      if (parts.size() > 1 || decoded == null) {
        checksum.update(chunk, taken, bytes);
      }
      taken += bytes;
      offsetInPart += bytes;
      if (offsetInPart == part.byteSize()) {
        advance();
      }
    }
  }

  /**
   * Says that there are no more chunks.
   *
   * @throws DamagedImageException if some are missing or the checksum is wrong
   */
  public void finish() {
    if (!parts.isEmpty()) {
      throw new DamagedImageException("the image is truncated");
    }
    if (ImageParts.decodeTrailer(trailer) != (int) checksum.getValue()) {
      throw new DamagedImageException("the image's checksum is wrong");
    }
    ImageHeader h = header();
    if (live().size() != h.liveCount() || linked().size() != h.linkedCount()) {
      throw new DamagedImageException("the sets of slots are not of the size announced");
    }
    if (live().end() > h.slots() || linked().end() > h.slots()) {
      throw new DamagedImageException("slots are out of range");
    }
  }

  public ImageHeader header() {
    return Objects.requireNonNull(decoded);
  }

  public SlotSet live() {
    return ImageParts.decode(live);
  }

  public SlotSet linked() {
    return ImageParts.decode(linked);
  }

  private void advance() {
    parts.removeFirst();
    offsetInPart = 0;
    if (decoded == null) {
      decoded = ImageHeader.decode(header);
      expectTheRest(decoded);
    }
    while (!parts.isEmpty() && parts.getFirst().byteSize() == 0) {
      parts.removeFirst();
    }
  }

  private void expectTheRest(ImageHeader h) {
    List<Region> regions = receiver.makeRoomFor(h);
    live = new byte[ImageParts.slotSetBytes(h.slots())];
    parts.add(MemorySegment.ofArray(live));
    if (h.groundRecords() > 0) {
      linked = new byte[ImageParts.slotSetBytes(h.slots())];
      parts.add(MemorySegment.ofArray(linked));
    }
    regions.forEach(region -> parts.add(region.segment()));
    parts.add(MemorySegment.ofArray(trailer));
  }

  /** Where an image is put. */
  public interface Receiver {
    /**
     * Checks what the header announces and makes room for it.
     *
     * @return the memory for rows, then the graph's records, in the order of the image
     * @throws DamagedImageException if the header's values cannot be those of an index
     */
    List<Region> makeRoomFor(ImageHeader header);
  }
}
