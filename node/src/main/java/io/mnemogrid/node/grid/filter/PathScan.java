package io.mnemogrid.node.grid.filter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the values at some paths in a JSON object, in one pass over its text. Builds nothing: a
 * value is where it stands.
 *
 * <p>A path is names of keys joined by dots. A key with dots in its own name is met by as much of
 * the path; an array on the way is entered at each of its objects. Several values can so be at one
 * path.
 */
public final class PathScan {
  /** No value, or no further one. */
  public static final int NONE = -1;

  private final byte[][] paths;
  private final JsonString key = new JsonString();
  private final int[] firstValues;
  private int[] nextValues = new int[4];
  private int[] starts = new int[4];
  private int[] ends = new int[4];
  private int values;

  // The paths that lead into the object being read, each with how much of it is behind: a stack of
  // regions, one for each object around.
  private int[] inPath;
  private int[] inOffset;
  private int top;

  private byte[] json = {};
  private int end;

  public PathScan(List<String> paths) {
    this.paths =
        paths.stream().map(path -> path.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    firstValues = new int[paths.size()];
    inPath = new int[Math.max(4, 2 * paths.size())];
    inOffset = new int[inPath.length];
  }

  /** Reads the object that stands in {@code text}; what was found before is forgotten. */
  public void scan(byte[] text, int from, int to) {
    json = text;
    end = to;
    clear();
    for (int path = 0; path < paths.length; path++) {
      push(path, 0);
    }
    int at = JsonBytes.skipSpace(text, from, to);
    if (at < to && text[at] == '{') {
      scanObject(at + 1, 0);
    }
  }

  /** Forgets what was found, as after an object without any of the paths. */
  public void clear() {
    Arrays.fill(firstValues, NONE);
    values = 0;
    top = 0;
  }

  /** A value at the path, or {@link #NONE}. */
  public int firstValue(int path) {
    return firstValues[path];
  }

  /** Another value at the same path, or {@link #NONE}. */
  public int nextValue(int value) {
    return nextValues[value];
  }

  public int start(int value) {
    return starts[value];
  }

  public int end(int value) {
    return ends[value];
  }

  /**
   * Reads the members of an object.
   *
   * @param at behind its opening brace
   * @param firstIn where the region of paths that lead into it begins; it ends at the top
   * @return the place behind its closing brace
   */
  private int scanObject(int at, int firstIn) {
    int lastIn = top;
    int here = JsonBytes.skipSpace(json, at, end);
    while (here < end && json[here] == '"') {
      int keyAt = here + 1;
      int keyEnd = JsonBytes.closingQuote(json, keyAt, end);
      int valueAt = behindColon(keyEnd + 1);
      int firstFound = values;
      follow(keyAt, keyEnd, valueAt, firstIn, lastIn);
      int found = values;
      here = top == lastIn ? JsonBytes.skipValue(json, valueAt, end) : descend(valueAt, lastIn);
      top = lastIn;
      for (int value = firstFound; value < found; value++) {
        ends[value] = here;
      }
      here = JsonBytes.skipSpace(json, here, end);
      if (here < end && json[here] == ',') {
        here = JsonBytes.skipSpace(json, here + 1, end);
      }
    }
    return Math.min(end, here + 1);
  }

  private int behindColon(int at) {
    int here = JsonBytes.skipSpace(json, at, end);
    return here < end && json[here] == ':' ? JsonBytes.skipSpace(json, here + 1, end) : here;
  }

  /** Reads a value into which the paths above {@code firstIn} lead on. */
  private int descend(int at, int firstIn) {
    if (at >= end) {
      return end;
    }
    return switch (json[at]) {
      case '{' -> scanObject(at + 1, firstIn);
      case '[' -> scanArray(at + 1, firstIn);
      default -> JsonBytes.skipValue(json, at, end);
    };
  }

  private int scanArray(int at, int firstIn) {
    int here = JsonBytes.skipSpace(json, at, end);
    while (here < end && json[here] != ']') {
      int from = here;
      here =
          json[here] == '{' ? scanObject(here + 1, firstIn) : JsonBytes.skipValue(json, here, end);
      here = JsonBytes.skipSpace(json, here, end);
      if (here < end && json[here] == ',') {
        here = JsonBytes.skipSpace(json, here + 1, end);
      } else if (here == from) {
        return end; // broken: there is no way on
      }
    }
    return Math.min(end, here + 1);
  }

  /** Notes the value of a key for each path that ends there, and pushes those that lead on. */
  private void follow(int keyAt, int keyEnd, int valueAt, int firstIn, int lastIn) {
    byte[] name = json;
    int nameAt = keyAt;
    int length = keyEnd - keyAt;
    if (JsonString.hasEscapes(json, keyAt, keyEnd)) {
      key.read(json, keyAt, keyEnd);
      name = key.bytes();
      nameAt = 0;
      length = key.length();
    }
    for (int i = firstIn; i < lastIn; i++) {
      byte[] path = paths[inPath[i]];
      int offset = inOffset[i];
      int rest = path.length - offset - length;
      if (rest < 0
          || !Arrays.equals(name, nameAt, nameAt + length, path, offset, offset + length)) {
        continue;
      }
      if (rest == 0) {
        note(inPath[i], valueAt);
      } else if (path[offset + length] == '.') {
        push(inPath[i], offset + length + 1);
      }
    }
  }

  private void note(int path, int valueAt) {
    if (valueAt >= end) {
      return;
    }
    if (values == starts.length) {
      starts = Arrays.copyOf(starts, 2 * values);
      ends = Arrays.copyOf(ends, 2 * values);
      nextValues = Arrays.copyOf(nextValues, 2 * values);
    }
    starts[values] = valueAt;
    nextValues[values] = firstValues[path];
    firstValues[path] = values++;
  }

  private void push(int path, int offset) {
    if (top == inPath.length) {
      inPath = Arrays.copyOf(inPath, 2 * top);
      inOffset = Arrays.copyOf(inOffset, 2 * top);
    }
    inPath[top] = path;
    inOffset[top] = offset;
    top++;
  }
}
