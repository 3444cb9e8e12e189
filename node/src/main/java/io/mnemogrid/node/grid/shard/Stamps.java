package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.Stamp;

/** The order of a partition's writes, as one of its replicas knows it. */
final class Stamps {
  private static final int FIRST_INCARNATION = 1;

  private volatile int incarnation = FIRST_INCARNATION;
  private Stamp last = Stamp.NONE;
  private int ownersVersion;
  private int stampsVersion;

  /** The newest stamp that was given or noted here. */
  Stamp last() {
    return last;
  }

  /** They are of that incarnation from now on: the cluster has been formed that often. */
  void incarnation(int number) {
    incarnation = Math.max(incarnation, number);
  }

  /** Notes the stamp that the owner gave to a change. */
  void note(Stamp stamp) {
    last = last.orLater(stamp);
  }

  /** Gives a stamp to a change, as the owner by that version of the replica list. */
  Stamp next(int partitionVersion) {
    // What the side of a split that gave way brought may be of a later version than this side's:
    // then versions go on from there, so that no two owners give the same.
    if (partitionVersion != ownersVersion || last.partitionVersion() > stampsVersion) {
      ownersVersion = partitionVersion;
      boolean isBehind =
          last.incarnation() == incarnation && last.partitionVersion() > partitionVersion;
      stampsVersion = partitionVersion + (isBehind ? last.partitionVersion() : 0);
    }
    Stamp next = new Stamp(incarnation, stampsVersion, last.sequence() + 1);
    last =
        next.isAfter(last)
            ? next
            : new Stamp(last.incarnation(), last.partitionVersion(), last.sequence() + 1);
    return last;
  }

  /** Forgets what was given and noted. */
  void clear() {
    last = Stamp.NONE;
    ownersVersion = 0;
    stampsVersion = 0;
  }
}
