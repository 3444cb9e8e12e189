package io.mnemogrid.vector.snapshot;

import io.mnemogrid.vector.memory.Region;
import io.mnemogrid.vector.rows.SlotSet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.List;
import java.util.zip.CRC32C;

/** Hands out an image in chunks. The memory behind it has to stay as it is until the end. */
public final class ImageWriter {
  private final ArrayDeque<MemorySegment> parts = new ArrayDeque<>();
  private final CRC32C checksum = new CRC32C();
  private long offsetInPart;
  private long remainingBytes;
  private boolean trailerAdded;

  /**
   * Makes the image of what is given.
   *
   * @param regions rows, then the graph's records, in the order of the image
   */
  public ImageWriter(ImageHeader header, SlotSet live, SlotSet linked, List<Region> regions) {
    parts.add(MemorySegment.ofArray(header.encode()));
    parts.add(MemorySegment.ofArray(ImageParts.encode(live, header.slots())));
    if (header.groundRecords() > 0) {
      parts.add(MemorySegment.ofArray(ImageParts.encode(linked, header.slots())));
    }
    regions.forEach(region -> parts.add(region.segment()));
    remainingBytes = ImageParts.TRAILER_BYTES;
    for (MemorySegment part : parts) {
      remainingBytes += part.byteSize();
    }
  }

  public long remainingBytes() {
    return remainingBytes;
  }

  /** The next bytes of the image, as many as are asked for or are left. */
  public byte[] next(int maxBytes) {
    byte[] chunk = new byte[(int) Math.min(maxBytes, remainingBytes)];
    int filled = 0;
    while (filled < chunk.length) {
      if (parts.isEmpty()) {
        parts.add(MemorySegment.ofArray(ImageParts.encodeTrailer((int) checksum.getValue())));
        trailerAdded = true;
      }
      MemorySegment part = parts.getFirst();
      int bytes = (int) Math.min(chunk.length - filled, part.byteSize() - offsetInPart);
      MemorySegment.copy(part, ValueLayout.JAVA_BYTE, offsetInPart, chunk, filled, bytes);
      if (!trailerAdded) {
        checksum.update(chunk, filled, bytes);
      }
      filled += bytes;
      offsetInPart += bytes;
      if (offsetInPart == part.byteSize()) {
        parts.removeFirst();
        offsetInPart = 0;
      }
    }
    remainingBytes -= filled;
    return chunk;
  }
}
