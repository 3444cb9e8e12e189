package io.mnemogrid.vector.snapshot;

/** An image is truncated, damaged, or not one of ours. */
public final class DamagedImageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DamagedImageException(String reason) {
    super(reason, null, false, false); // expected where images come from files and networks
  }
}
