package io.mnemogrid.node.grid.wire;

/** The numbers under which what members tell one another is known on the wire. */
public final class TypeIds {
  public static final int FACTORY_ID =
      -0x4D47; // "MG"; negative like the numbers of Hazelcast's own parts

  public static final int WRITE = 1;
  public static final int FORGET = 2;
  public static final int APPLY = 3;
  public static final int EXPIRE = 4;
  public static final int READ = 5;
  public static final int IMAGE_CHUNK = 6;
  public static final int REGISTRY_COMMIT = 7;
  public static final int REGISTRY_BACKUP = 8;
  public static final int REGISTRY_APPLY = 9;
  public static final int REGISTRY_FETCH = 10;
  public static final int REGISTRY_JOIN = 11;
  public static final int WRITE_ANSWER = 12;
  public static final int READ_ANSWER = 13;
  public static final int COMMIT_ANSWER = 14;
  public static final int REGISTRY_SNAPSHOT = 15;
  public static final int FILL = 16;
  public static final int TAKE = 17;
  public static final int TAKEN = 18;
  public static final int COPY = 19;
  public static final int COPY_BACKUP = 20;
  public static final int DIGEST = 21;
  public static final int FORMATION = 22;
  public static final int FORMATION_ANSWER = 23;
  public static final int PRESENCE = 24;
  public static final int MERGE_OFFER = 25;
  public static final int MERGE = 26;
  public static final int MERGE_REST = 27;
  public static final int MERGE_REST_BACKUP = 28;
  public static final int PAGE = 29;
  public static final int PAGE_ANSWER = 30;
  public static final int WHOLENESS = 31;

  private TypeIds() {}
}
