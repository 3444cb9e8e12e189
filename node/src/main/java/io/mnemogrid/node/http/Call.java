package io.mnemogrid.node.http;

import io.mnemogrid.node.access.Permit;
import java.util.List;

/**
 * A well-formed request that its caller may make.
 *
 * @param operation its id in the document
 * @param permits one for each namespace it names, in their order; none where no key is needed
 * @param parameters those of path, query and header
 */
record Call(String operation, List<Permit> permits, Fields parameters, Fields body) {
  /** The first permit, which is the only one of most operations. */
  Permit permit() {
    if (permits.isEmpty()) {
      throw new IllegalStateException("this operation is open");
    }
    return permits.getFirst();
  }
}
