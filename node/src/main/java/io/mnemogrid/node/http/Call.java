package io.mnemogrid.node.http;

import io.mnemogrid.node.access.Permit;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed request that its caller may make.
 *
 * @param maybePermit null only where no key is needed
 * @param parameters those of path and query
 */
record Call(@Nullable Permit maybePermit, Fields parameters, Fields body) {
  Permit permit() {
    if (maybePermit == null) {
      throw new IllegalStateException("this operation is open");
    }
    return maybePermit;
  }
}
