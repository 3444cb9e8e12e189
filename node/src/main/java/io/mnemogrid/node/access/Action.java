package io.mnemogrid.node.access;

/** What a route or a tool does, as far as access is concerned: each names exactly one. */
public enum Action {
  WHO_AM_I(Target.CALLER, Scope.READ),
  CAPABILITIES(Target.CALLER, Scope.READ),
  NAMESPACE_LIST(Target.CALLER, Scope.READ),
  NAMESPACE_READ(Target.NAMESPACE, Scope.READ),
  NAMESPACE_CREATE(Target.NAMESPACE, Scope.WRITE),
  NAMESPACE_CONFIGURE(Target.NAMESPACE, Scope.WRITE),
  NAMESPACE_REEMBED(Target.NAMESPACE, Scope.ADMIN),
  NAMESPACE_DELETE(Target.NAMESPACE, Scope.ADMIN),
  NAMESPACE_KEYS(Target.NAMESPACE, Scope.ADMIN),
  KEYS(Target.CLUSTER, Scope.SUPER_ADMIN),
  BACKUPS(Target.CLUSTER, Scope.SUPER_ADMIN),
  MEMORY_STORE(Target.NAMESPACE, Scope.WRITE),
  MEMORY_RECALL(Target.NAMESPACE, Scope.READ),
  MEMORY_READ(Target.NAMESPACE, Scope.READ),
  MEMORY_UPDATE(Target.NAMESPACE, Scope.WRITE),
  MEMORY_VERIFY(Target.NAMESPACE, Scope.VERIFY),
  MEMORY_FORGET(Target.NAMESPACE, Scope.WRITE);

  /** What an action touches. */
  public enum Target {
    /** Only what the caller may see anyway: any valid key. */
    CALLER,
    /** One namespace: a grant that reaches it, with the scope. */
    NAMESPACE,
    /** Everything: a super admin key without restriction. */
    CLUSTER
  }

  private final Target target;
  private final Scope needed;

  Action(Target target, Scope needed) {
    this.target = target;
    this.needed = needed;
  }

  public Target target() {
    return target;
  }

  public Scope needed() {
    return needed;
  }
}
