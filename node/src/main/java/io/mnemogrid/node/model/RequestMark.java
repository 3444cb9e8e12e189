package io.mnemogrid.node.model;

/**
 * By what a request is known when it is sent again.
 *
 * @param request digest of who sends it and of the name that the sender gave it
 * @param content digest of all that it asks for: the same name for something else is a mistake
 */
public record RequestMark(Digest request, Digest content) {
  /** 128 bits of a cryptographic hash. */
  public record Digest(long high, long low) {
    /** One of the parts of a space; when it is split, one of the two that come of this. */
    public int shardIn(Space space) {
      return (int) Long.remainderUnsigned(low, space.shards());
    }
  }

  /**
   * The part of the space that knows whether the request was there before, however many parts it
   * writes to. A memory whose id is made here goes there too, however often the space is split.
   */
  public int shardIn(Space space) {
    return request.shardIn(space);
  }
}
