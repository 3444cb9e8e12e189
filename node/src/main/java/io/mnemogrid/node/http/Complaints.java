package io.mnemogrid.node.http;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a request: the first {@value #MAX_SHOWN} things, and how many there are. */
final class Complaints {
  static final int MAX_SHOWN = 20;
  private final List<String> shown = new ArrayList<>();
  private int count;

  void add(String complaint) {
    count++;
    if (shown.size() < MAX_SHOWN) {
      shown.add(complaint);
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  void orThrow() {
    if (count == 0) {
      return;
    }
    String error =
        count == 1
            ? "the request is invalid: " + shown.getFirst()
            : "the request is invalid in %d places; first: %s".formatted(count, shown.getFirst());
    String details = String.join("; ", shown);
    if (count > shown.size()) {
      details += "; and %d more".formatted(count - shown.size());
    }
    throw new RequestRefused(Problem.invalid(error, details));
  }
}
