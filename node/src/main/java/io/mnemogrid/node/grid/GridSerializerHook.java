package io.mnemogrid.node.grid;

import com.hazelcast.internal.serialization.DataSerializerHook;
import com.hazelcast.nio.serialization.DataSerializableFactory;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.memory.WriteGuard;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Stamp;
import java.util.List;
import java.util.Map;

/** Tells Hazelcast the numbers of our operations and answers; found by its service loader. */
public final class GridSerializerHook implements DataSerializerHook {
  static final int FACTORY_ID = -0x4D47; // "MG"; negative like the numbers of Hazelcast's own parts

  static final int WRITE = 1;
  static final int FORGET = 2;
  static final int APPLY = 3;
  static final int EXPIRE = 4;
  static final int READ = 5;
  static final int IMAGE_CHUNK = 6;
  static final int REGISTRY_COMMIT = 7;
  static final int REGISTRY_BACKUP = 8;
  static final int REGISTRY_APPLY = 9;
  static final int REGISTRY_FETCH = 10;
  static final int REGISTRY_JOIN = 11;
  static final int WRITE_ANSWER = 12;
  static final int READ_ANSWER = 13;
  static final int COMMIT_ANSWER = 14;
  static final int REGISTRY_SNAPSHOT = 15;
  static final int FILL = 16;
  static final int TAKE = 17;
  static final int TAKEN = 18;
  static final int COPY = 19;
  static final int COPY_BACKUP = 20;
  static final int DIGEST = 21;
  static final int FORMATION = 22;
  static final int FORMATION_ANSWER = 23;
  static final int PRESENCE = 24;
  static final int MERGE_OFFER = 25;
  static final int MERGE = 26;
  static final int MERGE_REST = 27;
  static final int MERGE_REST_BACKUP = 28;
  static final int PAGE = 29;
  static final int PAGE_ANSWER = 30;

  // Placeholders of what an operation reads in readBody before it runs.
  private static final ShardSpec NO_SHARD =
      new ShardSpec(0, 0, 0, 1, Namespace.Distance.COSINE, Namespace.DEFAULT_LANGUAGE);

  private static final SplitKey NO_SPLIT = new SplitKey(0, 0);

  @Override
  public int getFactoryId() {
    return FACTORY_ID;
  }

  @Override
  public DataSerializableFactory createFactory() {
    return typeId ->
        switch (typeId) {
          case WRITE -> new WriteOperation(List.of(), 0, WriteGuard.NONE, List.of());
          case FORGET -> new ForgetOperation(List.of(), 0, ForgetOperation.Selected.NOTHING);
          case APPLY -> new ApplyOperation(ApplyOperation.NO_TOKEN, Map.of());
          case EXPIRE -> new ExpireOperation();
          case READ -> new ReadOperation(new ShardRead.Count(), List.of(), 0);
          case IMAGE_CHUNK -> new ImageChunkOperation(0, 0, false, new byte[0]);
          case REGISTRY_COMMIT -> new RegistryCommitOperation("", null, null);
          case REGISTRY_BACKUP ->
              new RegistryBackupOperation(Stamp.NONE, RegistryBackupOperation.NOTHING);
          case REGISTRY_APPLY -> new RegistryApplyOperation(RegistryApplyOperation.NOTHING);
          case REGISTRY_FETCH -> new RegistryFetchOperation(null, 0, 0);
          case REGISTRY_JOIN -> new RegistryJoinOperation(RegistrySnapshot.EMPTY, 0, false);
          case WRITE_ANSWER -> new WriteAnswer();
          case READ_ANSWER -> new ReadAnswer();
          case COMMIT_ANSWER -> new CommitAnswer();
          case REGISTRY_SNAPSHOT -> new RegistrySnapshot();
          case FILL -> new FillOperation(NO_SHARD, NO_SHARD, List.of());
          case TAKE -> new TakeOperation(NO_SPLIT, NO_SHARD, TakeOperation.Mark.NONE, false);
          case TAKEN -> new Taken();
          case COPY -> new CopyOperation(NO_SPLIT, NO_SHARD, CopyOperation.Load.NONE);
          case COPY_BACKUP -> new CopyBackupOperation(Map.of(), List.of(), 0);
          case DIGEST -> new DigestOperation(NO_SPLIT, NO_SHARD, 0);
          case FORMATION -> new FormationOperation(null);
          case FORMATION_ANSWER -> new FormationAnswer();
          case PRESENCE -> new PresenceOperation();
          case MERGE_OFFER -> new MergeOfferOperation(NO_SHARD, List.of());
          case MERGE -> new MergeOperation(NO_SHARD, List.of());
          case MERGE_REST -> new MergeRestOperation(MergeRestOperation.Rest.NONE);
          case MERGE_REST_BACKUP -> new MergeRestBackupOperation(MergeRestOperation.Rest.NONE);
          case PAGE -> new PageOperation(NO_SHARD, Stamp.NONE, Stamp.NONE);
          case PAGE_ANSWER -> new PageAnswer();
          default -> throw new IllegalArgumentException("no operation has the number " + typeId);
        };
  }
}
