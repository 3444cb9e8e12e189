package io.mnemogrid.node.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.impl.operationservice.Operation;
import io.mnemogrid.node.grid.durable.LogEntry;
import io.mnemogrid.node.grid.member.ApplyOperation;
import io.mnemogrid.node.grid.member.GridService;
import io.mnemogrid.node.grid.member.ReplicatedOperation;
import io.mnemogrid.node.grid.shard.Change;
import io.mnemogrid.node.grid.shard.DoneWrite;
import io.mnemogrid.node.grid.shard.Entry;
import io.mnemogrid.node.grid.shard.KeptAnswer;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.wire.StoredRecord;
import io.mnemogrid.node.grid.wire.Wire;
import io.mnemogrid.node.grid.wire.WriteAnswer;
import io.mnemogrid.node.memory.WriteGuard;
import io.mnemogrid.node.model.Precondition;
import io.mnemogrid.node.model.RequestMark;
import io.mnemogrid.vector.VectorMemoryExhausted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A change of one part of a namespace, in all its spaces, made by the owner of its partition and
 * sent on to the backups. May be sent again after an unknown outcome: its token tells the owner
 * that it is done, and then only the backups are brought to the same state. The same holds, for as
 * long as its answer is kept, when it is sent again by a client that marked it.
 */
abstract class OwnerOperation extends ReplicatedOperation {
  private List<ShardSpec> spaces;
  private long token;
  private WriteGuard guard;
  private transient @Nullable WriteAnswer answer;
  private transient @Nullable KeptAnswer kept;
  private transient DoneWrite write = DoneWrite.NONE;
  private transient Map<ShardSpec, List<Change>> changes = Map.of();

  OwnerOperation(int classId, List<ShardSpec> spaces, long token, WriteGuard guard) {
    super(classId);
    this.spaces = spaces;
    this.token = token;
    this.guard = guard;
  }

  /** Makes the change for the first time. */
  abstract PartitionContainer.Outcome change(
      PartitionContainer container, int partitionVersion, long now);

  /** Whether it gives the indexer work, and so must wait while that is behind. */
  abstract boolean addsVectors();

  /** Whether its answer tells a missing memory apart, with or without a precondition. */
  abstract boolean saysWhatIsMissing();

  /** The entries of its answer when it was done before. */
  abstract List<@Nullable Entry> repeated(PartitionContainer container);

  /** The part in its spaces, the one that questions are asked in first. */
  final List<ShardSpec> spaces() {
    return spaces;
  }

  /** The ids it is about. */
  abstract List<String> ids();

  @Override
  public void run() {
    GridService service = service();
    run(service);
    if (shouldBackup()) {
      answerOnceReplicated(
          service
              .journal()
              .made(
                  getPartitionId(),
                  new LogEntry.Changes(write, changes, kept == null ? List.of() : List.of(kept))));
    }
  }

  private void run(GridService service) {
    PartitionContainer container = service.container(getPartitionId());
    WriteAnswer.Status refusal =
        service.admission().refusalToWrite(getPartitionId(), spaces.getFirst().namespaceUid());
    if (refusal != null) {
      answer = WriteAnswer.refused(refusal);
      return;
    }
    boolean done = container.wasDone(token);
    if (!done && service.admission().isOutdated(getPartitionId(), spaces)) {
      answer = WriteAnswer.refused(WriteAnswer.Status.OUTDATED);
      return;
    }
    if (!done && service.admission().isClosed(spaces.getFirst().namespaceUid())) {
      answer = WriteAnswer.refused(WriteAnswer.Status.CLOSED);
      return;
    }
    KeptAnswer before = keptBefore(container, service.unixSeconds());
    if (before != null) {
      answerAgain(container, before);
      return;
    }
    if (done) {
      answer =
          container.hasMovedOn(token, spaces, ids())
              ? WriteAnswer.refused(WriteAnswer.Status.MOVED_ON)
              : answerOf(repeated(container));
      changes = container.changesOf(spaces, ids()); // they may be of others that came later
      write = container.done(token);
      return;
    }
    if (!service.journal().hasRoom()
        || addsVectors() && spaces.stream().anyMatch(container::isBehind)) {
      answer = WriteAnswer.refused(WriteAnswer.Status.BEHIND);
      return;
    }
    OptionalLong unfit = unfitVersion(container, service.unixSeconds());
    if (unfit != null) {
      answer = WriteAnswer.notAsRequired(unfit);
      return;
    }
    try {
      PartitionContainer.Outcome outcome =
          change(container, service.partitionVersion(getPartitionId()), service.unixSeconds());
      answer = answerOf(outcome.entries());
      changes = outcome.changes();
      keep(container, outcome.entries(), service.unixSeconds());
      write = container.done(token, changes);
    } catch (VectorMemoryExhausted e) {
      answer = WriteAnswer.refused(WriteAnswer.Status.OUT_OF_MEMORY);
    }
  }

  /** The answer that was kept for this write, or for another of the same mark; null if none was. */
  private @Nullable KeptAnswer keptBefore(PartitionContainer container, long now) {
    RequestMark mark = guard.mark();
    ShardSpec part = spaces.getFirst();
    KeptAnswer before = mark == null ? null : container.answers().find(part, mark, now);
    // It may be of a write that was made before the part was split.
    return before == null
        ? null
        : service()
            .admission()
            .spaceOf(part)
            .flatMap(space -> before.in(space, part.shard()))
            .orElse(before);
  }

  /** Nothing says that the backups have what was done the first time, so they get it again. */
  private void answerAgain(PartitionContainer container, KeptAnswer before) {
    RequestMark mark = Objects.requireNonNull(guard.mark());
    if (!before.content().equals(mark.content())) {
      answer = WriteAnswer.refused(WriteAnswer.Status.MIXED_UP);
      return;
    }
    answer =
        WriteAnswer.done(
            before.rows().stream().<@Nullable StoredRecord>map(StoredRecord::of).toList(),
            before.embeddingMs());
    changes = container.changesOf(spaces, before.ids());
    kept = before;
    if (container.wasDone(token)) {
      write = container.done(token);
    }
  }

  /** The version of the memory that the precondition does not let pass; null when it holds. */
  private @Nullable OptionalLong unfitVersion(PartitionContainer container, long now) {
    // No id: a part of a marked write that has none of its memories.
    if (guard.precondition().equals(Precondition.NONE) || ids().size() != 1) {
      return null;
    }
    OptionalLong version = container.version(spaces, ids().getFirst(), now);
    boolean decides = version.isPresent() || !saysWhatIsMissing();
    return decides && !guard.precondition().holds(version) ? version : null;
  }

  /** What changed nothing is decided anew when it is sent again. */
  private void keep(PartitionContainer container, List<@Nullable Entry> written, long now) {
    RequestMark mark = guard.mark();
    List<Entry> present = written.stream().filter(Objects::nonNull).toList();
    if (mark != null && present.size() == written.size()) {
      kept = container.answers().draft(spaces.getFirst(), mark, guard.embeddingMs(), present, now);
      container.answers().keep(kept);
    }
  }

  private WriteAnswer answerOf(List<@Nullable Entry> entries) {
    List<@Nullable StoredRecord> records = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      records.add(entry == null ? null : StoredRecord.of(entry));
    }
    return WriteAnswer.done(records, guard.embeddingMs());
  }

  @Override
  public @Nullable Object getResponse() {
    return answer;
  }

  @Override
  public boolean shouldBackup() {
    return kept != null || changes.values().stream().anyMatch(ofShard -> !ofShard.isEmpty());
  }

  @Override
  public Operation getBackupOperation() {
    return new ApplyOperation(write, changes, kept);
  }

  @Override
  protected void writeBody(ObjectDataOutput out) throws IOException {
    Wire.writeList(spaces, out, Wire::writeSpec);
    out.writeLong(token);
    Wire.writeGuard(guard, out);
  }

  @Override
  protected void readBody(ObjectDataInput in) throws IOException {
    spaces = Wire.readList(in, Wire::readSpec);
    token = in.readLong();
    guard = Wire.readGuard(in);
  }
}
