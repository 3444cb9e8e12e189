package io.mnemogrid.node.log.disk;

import java.io.IOException;

/** A file is not what was written to it. */
public final class DamagedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Damage damage;

  public DamagedFileException(Damage damage) {
    super(damage.toString());
    this.damage = damage;
  }

  public Damage damage() {
    return damage;
  }
}
