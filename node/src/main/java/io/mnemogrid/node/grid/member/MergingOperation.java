package io.mnemogrid.node.grid.member;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Brings to the owner of a partition something that the side of a split that gave way had of it.
 * May be sent again.
 */
abstract class MergingOperation extends ReplicatedOperation {
  private transient boolean done;

  protected MergingOperation(int classId) {
    super(classId);
  }

  /** All is there, once the change is logged; to be called while the operation runs. */
  protected final void doneAfter(CompletionStage<@Nullable Void> logged) {
    answerAfter(logged);
    done = true;
  }

  /** Whether all is there, on the backups too. */
  @Override
  public final Object getResponse() {
    return done;
  }

  @Override
  public final boolean shouldBackup() {
    return done;
  }
}
