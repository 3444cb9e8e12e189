package io.mnemogrid.node.access;

/**
 * What a grant allows. The ladder {@code READ < WRITE < ADMIN < SUPER_ADMIN} includes what is
 * below; {@code PUBLISH} and {@code VERIFY} are rights of their own, which {@code ADMIN} includes.
 */
public enum Scope {
  READ,
  WRITE,
  ADMIN,
  SUPER_ADMIN,
  PUBLISH,
  VERIFY;

  /** Whether holding this scope is enough where {@code needed} is asked for. */
  public boolean includes(Scope needed) {
    return switch (this) {
      case SUPER_ADMIN -> true;
      case ADMIN -> needed != SUPER_ADMIN;
      case WRITE -> needed == WRITE || needed == READ;
      case READ -> needed == READ;
      // Publishing and verifying are of no use without seeing what is there.
      case PUBLISH -> needed == PUBLISH || needed == READ;
      case VERIFY -> needed == VERIFY || needed == READ;
    };
  }
}
