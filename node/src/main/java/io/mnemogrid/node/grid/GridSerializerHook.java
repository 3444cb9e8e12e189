package io.mnemogrid.node.grid;

import com.hazelcast.internal.serialization.DataSerializerHook;
import com.hazelcast.nio.serialization.DataSerializableFactory;
import io.mnemogrid.node.grid.growth.CopyBackupOperation;
import io.mnemogrid.node.grid.growth.CopyOperation;
import io.mnemogrid.node.grid.growth.DigestOperation;
import io.mnemogrid.node.grid.growth.FillOperation;
import io.mnemogrid.node.grid.growth.SplitKey;
import io.mnemogrid.node.grid.growth.TakeOperation;
import io.mnemogrid.node.grid.member.ApplyOperation;
import io.mnemogrid.node.grid.member.ExpireOperation;
import io.mnemogrid.node.grid.member.FormationOperation;
import io.mnemogrid.node.grid.member.ImageChunkOperation;
import io.mnemogrid.node.grid.member.MergeOfferOperation;
import io.mnemogrid.node.grid.member.MergeOperation;
import io.mnemogrid.node.grid.member.MergeRestBackupOperation;
import io.mnemogrid.node.grid.member.MergeRestOperation;
import io.mnemogrid.node.grid.member.PresenceOperation;
import io.mnemogrid.node.grid.member.RegistryApplyOperation;
import io.mnemogrid.node.grid.member.RegistryBackupOperation;
import io.mnemogrid.node.grid.member.RegistryCommitOperation;
import io.mnemogrid.node.grid.member.RegistryFetchOperation;
import io.mnemogrid.node.grid.member.RegistryJoinOperation;
import io.mnemogrid.node.grid.member.WholenessOperation;
import io.mnemogrid.node.grid.read.PageOperation;
import io.mnemogrid.node.grid.read.ReadOperation;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.wire.CommitAnswer;
import io.mnemogrid.node.grid.wire.FormationAnswer;
import io.mnemogrid.node.grid.wire.PageAnswer;
import io.mnemogrid.node.grid.wire.ReadAnswer;
import io.mnemogrid.node.grid.wire.RegistrySnapshot;
import io.mnemogrid.node.grid.wire.ShardRead;
import io.mnemogrid.node.grid.wire.Taken;
import io.mnemogrid.node.grid.wire.TypeIds;
import io.mnemogrid.node.grid.wire.WriteAnswer;
import io.mnemogrid.node.memory.WriteGuard;
import io.mnemogrid.node.model.Stamp;
import java.util.List;
import java.util.Map;

/** Tells Hazelcast the numbers of our operations and answers; found by its service loader. */
public final class GridSerializerHook implements DataSerializerHook {

  // Placeholders of what an operation reads in readBody before it runs.
  private static final ShardSpec NO_SHARD = ShardSpec.usual(0, 0, 1);

  private static final SplitKey NO_SPLIT = new SplitKey(0, 0);

  @Override
  public int getFactoryId() {
    return TypeIds.FACTORY_ID;
  }

  @Override
  public DataSerializableFactory createFactory() {
    return typeId ->
        switch (typeId) {
          case TypeIds.WRITE -> new WriteOperation(List.of(), 0, WriteGuard.NONE, List.of());
          case TypeIds.FORGET ->
              new ForgetOperation(List.of(), 0, ForgetOperation.Selected.NOTHING);
          case TypeIds.APPLY -> new ApplyOperation(Map.of());
          case TypeIds.EXPIRE -> new ExpireOperation();
          case TypeIds.READ -> new ReadOperation(new ShardRead.Count(), List.of(), 0);
          case TypeIds.IMAGE_CHUNK -> new ImageChunkOperation(0, 0, false, new byte[0]);
          case TypeIds.REGISTRY_COMMIT -> new RegistryCommitOperation("", null, null);
          case TypeIds.REGISTRY_BACKUP ->
              new RegistryBackupOperation(Stamp.NONE, RegistryBackupOperation.NOTHING);
          case TypeIds.REGISTRY_APPLY -> new RegistryApplyOperation(RegistryApplyOperation.NOTHING);
          case TypeIds.REGISTRY_FETCH -> new RegistryFetchOperation(null, 0, 0);
          case TypeIds.REGISTRY_JOIN ->
              new RegistryJoinOperation(RegistrySnapshot.EMPTY, 0, 0, false, 0, false);
          case TypeIds.WRITE_ANSWER -> new WriteAnswer();
          case TypeIds.READ_ANSWER -> new ReadAnswer();
          case TypeIds.COMMIT_ANSWER -> new CommitAnswer();
          case TypeIds.REGISTRY_SNAPSHOT -> new RegistrySnapshot();
          case TypeIds.FILL -> new FillOperation(NO_SHARD, NO_SHARD, List.of());
          case TypeIds.TAKE ->
              new TakeOperation(NO_SPLIT, NO_SHARD, TakeOperation.Mark.NONE, false);
          case TypeIds.TAKEN -> new Taken();
          case TypeIds.COPY -> new CopyOperation(NO_SPLIT, NO_SHARD, CopyOperation.Load.NONE);
          case TypeIds.COPY_BACKUP -> new CopyBackupOperation(Map.of(), List.of(), 0);
          case TypeIds.DIGEST -> new DigestOperation(NO_SPLIT, NO_SHARD, 0);
          case TypeIds.FORMATION -> new FormationOperation(null);
          case TypeIds.FORMATION_ANSWER -> new FormationAnswer();
          case TypeIds.PRESENCE -> new PresenceOperation();
          case TypeIds.WHOLENESS -> new WholenessOperation();
          case TypeIds.MERGE_OFFER -> new MergeOfferOperation(NO_SHARD, List.of());
          case TypeIds.MERGE -> new MergeOperation(NO_SHARD, List.of());
          case TypeIds.MERGE_REST -> new MergeRestOperation(MergeRestOperation.Rest.NONE);
          case TypeIds.MERGE_REST_BACKUP ->
              new MergeRestBackupOperation(MergeRestOperation.Rest.NONE);
          case TypeIds.PAGE -> new PageOperation(NO_SHARD, Stamp.NONE, Stamp.NONE);
          case TypeIds.PAGE_ANSWER -> new PageAnswer();
          default -> throw new IllegalArgumentException("no operation has the number " + typeId);
        };
  }
}
