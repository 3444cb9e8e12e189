package io.mnemogrid.node.grid.wire;

import io.mnemogrid.node.grid.shard.Entry;
import io.mnemogrid.node.grid.shard.Found;
import io.mnemogrid.node.grid.shard.Place;
import io.mnemogrid.node.grid.shard.Question;
import io.mnemogrid.node.grid.shard.ReadTime;
import io.mnemogrid.node.grid.shard.ReadTimeoutException;
import io.mnemogrid.node.grid.shard.RecordFilter;
import io.mnemogrid.node.grid.shard.Shard;
import io.mnemogrid.node.grid.shard.ShardGoneException;
import io.mnemogrid.node.grid.shard.ShardMove;
import io.mnemogrid.node.grid.shard.ShardSearch;
import io.mnemogrid.node.lexical.LexicalQuery;
import io.mnemogrid.node.memory.MemoryGrid;
import io.mnemogrid.node.model.MemoryFilter;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What to read of the shards that a member is asked about. */
public sealed interface ShardRead {
  /** Most that an answer has to keep of each list that the best are in. */
  default int limit() {
    return Integer.MAX_VALUE;
  }

  /**
   * Reads shards into the answer.
   *
   * @throws ShardGoneException if one of them is closed meanwhile
   * @throws ReadTimeoutException if a filter takes longer than there is time
   */
  void read(List<Shard> shards, ReadTime time, ReadAnswer answer);

  /** How often words occur. */
  record Words(List<String> terms) implements ShardRead {
    @Override
    public void read(List<Shard> shards, ReadTime time, ReadAnswer answer) {
      for (Shard shard : shards) {
        answer.add(shard.statistics(terms));
      }
    }
  }

  /**
   * The memories that answer a question best.
   *
   * @param limit by each side, of the whole member
   */
  record Search(Question question, int limit) implements ShardRead {
    @Override
    public void read(List<Shard> shards, ReadTime time, ReadAnswer answer) {
      answer.add(new ShardSearch(question, time).best(shards, limit), limit);
    }
  }

  /**
   * The memories that answer a question best, and how often its words occur, by which they were
   * found. For a question that is about the shards of this member alone.
   *
   * @param wordless the question but for its words
   * @param terms its words
   * @param limit as of {@link Search}
   */
  record WholeSearch(Question wordless, List<String> terms, int limit) implements ShardRead {
    @Override
    public void read(List<Shard> shards, ReadTime time, ReadAnswer answer) {
      new Words(terms).read(shards, time, answer);
      Question question = wordless.withWords(LexicalQuery.of(terms, answer.statistics()));
      new Search(question, limit).read(shards, time, answer);
    }
  }

  /**
   * The memories near others in their sessions, scored as by a search.
   *
   * @param reach on each side
   */
  record Around(Question question, List<Place> places, int reach) implements ShardRead {
    @Override
    public void read(List<Shard> shards, ReadTime time, ReadAnswer answer) {
      answer.addAround(new ShardSearch(question, time).around(shards, places, reach));
    }
  }

  /** The memories that say what a content says. */
  record Saying(MemoryGrid.Saying what) implements ShardRead {
    @Override
    public void read(List<Shard> shards, ReadTime time, ReadAnswer answer) {
      // A filter may cost a walk through the whole graph; most contents are not said that often.
      ShardSearch.Said said = search(MemoryFilter.ALL, time).saying(shards, what);
      if (said.mayBeMore()) {
        said = search(what.beside(), time).saying(shards, what);
      }
      said.entries()
          .forEach((shardKey, entries) ->
              entries.forEach(entry -> answer.addFetched(shardKey, StoredRecord.of(entry))));
    }

    private ShardSearch search(MemoryFilter filter, ReadTime time) {
      return new ShardSearch(
          new Question(what.vector(), null, Set.of(), List.of(), filter, false), time);
    }
  }

  /** A memory in the shard of that key. */
  record Wanted(long shardKey, String id) {
    public static Wanted of(Found found) {
      return new Wanted(found.shardKey(), found.candidate().id());
    }
  }

  /** The vectors of memories. */
  record Vectors(List<Wanted> wanted) implements ShardRead {
    @Override
    public void read(List<Shard> shards, ReadTime time, ReadAnswer answer) {
      forEach(
          wanted,
          shards,
          (shard, id) -> shard.vector(id, time.unixSeconds()).ifPresent(answer::addVector));
    }
  }

  /**
   * Memories.
   *
   * @param filter a memory that does not pass it, perhaps since it was found, is left out
   * @param counts whether this is an access of each
   */
  record Fetch(List<Wanted> wanted, MemoryFilter filter, boolean counts) implements ShardRead {
    @Override
    public void read(List<Shard> shards, ReadTime time, ReadAnswer answer) {
      RecordFilter passing = RecordFilter.of(filter, time);
      forEach(
          wanted,
          shards,
          (shard, id) ->
              shard
                  .find(id, time.unixSeconds())
                  .filter(entry -> passing.passes(entry.record()))
                  .ifPresent(entry -> {
                    if (counts) {
                      entry.touch(time.unixSeconds());
                    }
                    answer.addFetched(shard.spec().key(), StoredRecord.of(entry));
                  }));
    }
  }

  private static void forEach(
      List<Wanted> wanted, List<Shard> shards, BiConsumer<Shard, String> action) {
    for (Shard shard : shards) {
      for (Wanted one : wanted) {
        if (one.shardKey() == shard.spec().key()) {
          action.accept(shard, one.id());
        }
      }
    }
  }

  private static void forEach(List<Shard> shards, ReadTime time, Consumer<Entry> action) {
    shards.forEach(shard -> shard.forEach(time.unixSeconds(), action));
  }

  /** The newest memories that pass a filter. */
  record Select(MemoryFilter filter, int limit) implements ShardRead {
    @Override
    public void read(List<Shard> shards, ReadTime time, ReadAnswer answer) {
      RecordFilter passing = RecordFilter.of(filter, time);
      forEach(
          shards,
          time,
          entry -> {
            answer.count();
            if (passing.passes(entry.record())) {
              answer.addSelected(StoredRecord.of(entry), limit);
            }
          });
    }
  }

  /** The ids of all memories that pass a filter. */
  record Match(MemoryFilter filter) implements ShardRead {
    @Override
    public void read(List<Shard> shards, ReadTime time, ReadAnswer answer) {
      RecordFilter passing = RecordFilter.of(filter, time);
      forEach(
          shards,
          time,
          entry -> {
            if (passing.passes(entry.record())) {
              answer.addId(entry.record().id());
            }
          });
    }
  }

  /** How many memories there are. */
  record Count() implements ShardRead {
    @Override
    public void read(List<Shard> shards, ReadTime time, ReadAnswer answer) {
      forEach(shards, time, _ -> answer.count());
    }
  }

  /** In which namespaces a memory of the id is. */
  record Locate(String id) implements ShardRead {
    @Override
    public void read(List<Shard> shards, ReadTime time, ReadAnswer answer) {
      for (Shard shard : shards) {
        if (shard.find(id, time.unixSeconds()).isPresent()) {
          answer.addNamespace(shard.spec().namespaceUid());
        }
      }
    }
  }

  /** How many memories there are in one space, and how many of them in another as well. */
  record Moved(int from, int into) implements ShardRead {
    @Override
    public void read(List<Shard> shards, ReadTime time, ReadAnswer answer) {
      for (Shard shard : shards) {
        if (shard.spec().generation() == from) {
          Shard moved =
              shards.stream()
                  .filter(other -> other.spec().key() == shard.spec().keyIn(into))
                  .findFirst()
                  .orElse(null);
          answer.add(new ShardMove(shard, moved).count(time.unixSeconds()));
        }
      }
    }
  }
}
