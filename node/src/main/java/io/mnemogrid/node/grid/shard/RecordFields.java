package io.mnemogrid.node.grid.shard;

import static io.mnemogrid.node.grid.shard.RecordLayout.afterShortText;
import static io.mnemogrid.node.grid.shard.RecordLayout.floatAt;
import static io.mnemogrid.node.grid.shard.RecordLayout.has;
import static io.mnemogrid.node.grid.shard.RecordLayout.intAt;
import static io.mnemogrid.node.grid.shard.RecordLayout.longAt;
import static io.mnemogrid.node.grid.shard.RecordLayout.secondsAt;
import static io.mnemogrid.node.grid.shard.RecordLayout.unsignedShort;

import io.mnemogrid.node.grid.filter.PathScan;
import io.mnemogrid.node.grid.filter.ScalarValue;
import io.mnemogrid.node.grid.filter.ValueTest;
import io.mnemogrid.node.model.MemoryField;
import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.model.Provenance;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The fields of one record after the other, put to tests where they stand in its bytes. The
 * metadata is read once for all tests of a record, and not at all if none needs it. Reused; one
 * thread at a time.
 */
final class RecordFields {
  static final int COST_OF_METADATA = 20;
  private static final int COST_OF_CONTENT = 30;
  private static final int COST_OF_TAGS = 4;

  private static final byte[][] TYPES = spelled(MemoryType.values());
  private static final byte[][] ORIGINS = spelled(Provenance.Origin.values());

  private final PathScan metadata;
  private final ScalarValue value = new ScalarValue();
  private byte[] bytes = {};
  private boolean metadataRead;

  /**
   * @param paths inside the metadata, which tests are then told by their numbers in this list
   */
  RecordFields(List<String> paths) {
    metadata = new PathScan(paths);
  }

  void open(byte[] record) {
    bytes = record;
    metadataRead = false;
  }

  /** Roughly what looking at a field costs. */
  static int cost(MemoryField.Own field) {
    return switch (field) {
      case CONTENT -> COST_OF_CONTENT;
      case TAGS -> COST_OF_TAGS;
      case SESSION_ID, PUBLISHED_FROM, AUTHOR, AUTHOR_KEY_ID -> 2;
      case ID, MEMORY_TYPE, ORIGIN -> 1;
      case IMPORTANCE, CREATED_AT, UPDATED_AT, EXPIRES_AT, VALID_FROM, VERSION, VERIFIED -> 0;
    };
  }

  boolean passes(MemoryField.Own field, ValueTest test) {
    return switch (field) {
      case ID -> shortText(RecordLayout.idAt(bytes), test);
      case CONTENT -> {
        int at = RecordLayout.contentAt(bytes);
        yield text(bytes, at + Integer.BYTES, at + Integer.BYTES + intAt(bytes, at), test);
      }
      case MEMORY_TYPE -> word(TYPES[bytes[RecordLayout.TYPE_AT]], test);
      case IMPORTANCE -> {
        value.setNumber((double) floatAt(bytes, RecordLayout.IMPORTANCE_AT));
        yield test.passes(value);
      }
      case TAGS -> tags(test);
      case SESSION_ID ->
          has(bytes, RecordLayout.SESSION)
              ? shortText(RecordLayout.sessionAt(bytes), test)
              : test.passesMissing();
      case CREATED_AT -> number(secondsAt(bytes, RecordLayout.CREATED_AT), test);
      case UPDATED_AT -> number(secondsAt(bytes, RecordLayout.UPDATED_AT), test);
      case EXPIRES_AT ->
          has(bytes, RecordLayout.EXPIRES)
              ? number(longAt(bytes, RecordLayout.TIMES_AT), test)
              : test.passesMissing();
      case VALID_FROM ->
          has(bytes, RecordLayout.VALID_FROM)
              ? number(longAt(bytes, RecordLayout.validFromAt(bytes)), test)
              : test.passesMissing();
      case VERSION -> number(intAt(bytes, RecordLayout.VERSION_AT), test);
      case AUTHOR -> shortText(afterShortText(bytes, RecordLayout.authorKeyAt(bytes)), test);
      case AUTHOR_KEY_ID -> shortText(RecordLayout.authorKeyAt(bytes), test);
      case ORIGIN -> word(ORIGINS[bytes[RecordLayout.ORIGIN_AT]], test);
      case PUBLISHED_FROM ->
          has(bytes, RecordLayout.PUBLISHED_FROM)
              ? shortText(RecordLayout.publishedFromAt(bytes), test)
              : test.passesMissing();
      case VERIFIED -> {
        value.setFlag(AppraisalBits.isVerified(intAt(bytes, RecordLayout.APPRAISAL_AT)));
        yield test.passes(value);
      }
    };
  }

  /** Whether a value at the path of that number passes, or there is none and that passes. */
  boolean metadataPasses(int path, ValueTest test) {
    if (!metadataRead) {
      readMetadata();
    }
    int found = metadata.firstValue(path);
    if (found == PathScan.NONE) {
      return test.passesMissing();
    }
    while (found != PathScan.NONE) {
      if (test.passesJson(bytes, metadata.start(found), metadata.end(found), value)) {
        return true;
      }
      found = metadata.nextValue(found);
    }
    return false;
  }

  private void readMetadata() {
    metadataRead = true;
    if (has(bytes, RecordLayout.METADATA)) {
      int at = RecordLayout.metadataAt(bytes);
      int from = at + Integer.BYTES;
      metadata.scan(bytes, from, from + intAt(bytes, at));
    } else {
      metadata.clear();
    }
  }

  private boolean tags(ValueTest test) {
    if (test.beginArray()) {
      return true;
    }
    int at = RecordLayout.tagsAt(bytes);
    int count = unsignedShort(bytes, at);
    at += Short.BYTES;
    for (int i = 0; i < count; i++) {
      int after = afterShortText(bytes, at);
      value.setText(bytes, at + Short.BYTES, after);
      if (test.passesWith(value)) {
        return true;
      }
      at = after;
    }
    return false;
  }

  private boolean number(long number, ValueTest test) {
    value.setNumber(number);
    return test.passes(value);
  }

  private boolean word(byte[] word, ValueTest test) {
    return text(word, 0, word.length, test);
  }

  private boolean shortText(int at, ValueTest test) {
    return text(bytes, at + Short.BYTES, afterShortText(bytes, at), test);
  }

  private boolean text(byte[] in, int from, int to, ValueTest test) {
    value.setText(in, from, to);
    return test.passes(value);
  }

  private static byte[][] spelled(Enum<?>[] words) {
    byte[][] spelled = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      spelled[i] = words[i].name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }
    return spelled;
  }
}
