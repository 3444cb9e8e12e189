package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.lexical.LexicalHits;
import io.mnemogrid.node.memory.MemoryGrid;
import io.mnemogrid.node.model.Appraisal;
import io.mnemogrid.node.recall.Candidate;
import io.mnemogrid.node.recall.Standing;
import io.mnemogrid.node.recall.Statement;
import io.mnemogrid.node.recall.TextTraits;
import io.mnemogrid.node.recall.question.AskedTimes;
import io.mnemogrid.node.recall.question.QuestionCues;
import io.mnemogrid.vector.Hits;
import io.mnemogrid.vector.JointSearch;
import io.mnemogrid.vector.SlotFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One question to all the shards of a member that it is about, as if they were one index. Whatever
 * is found has its exact score by the vector and by the words.
 */
public final class ShardSearch {
  /** A search that overlaps this many replacements in a row is sent away, to be asked again. */
  private static final int ATTEMPTS = 64;

  private static final int SPEAKER_BYTES = 256;

  /** With fewer memories a search is over before another thread has begun. */
  private static final int WORTH_HELP = 10_000;

  /** Of so many that are as near as each other, it is left open which of them come back. */
  private static final int MOST_TIED = 1_000;

  /** What says the same is among the very nearest, and may differ in what it says beside. */
  private static final int MOST_SAYING = 64;

  private final Question question;
  private final QuestionCues names;
  private final AskedTimes times;
  private final RecordFilter filter;
  private final ReadTime time;

  /** A search that throws {@link ReadTimeoutException} when its filter takes too long. */
  public ShardSearch(Question question, ReadTime time) {
    this.question = question;
    this.names = QuestionCues.mentioning(question.nameWords());
    this.times = new AskedTimes(question.times());
    this.filter = RecordFilter.of(question.filter(), time);
    this.time = time;
  }

  /** The best by each side, the same memory perhaps in both. */
  public record Result(List<Found> nearest, List<Found> wordiest) {
    static final Result NOTHING = new Result(List.of(), List.of());
  }

  /**
   * The best of all the shards.
   *
   * @param most of each side
   * @throws ShardGoneException if one is closed, or replaced faster than it can be searched
   */
  public Result best(List<Shard> shards, int most) {
    return undisturbed(shards, views -> views.isEmpty() ? Result.NOTHING : bestOf(views, most));
  }

  private Result bestOf(List<ShardView> views, int most) {
    try (Aside<List<WordHit>> words = Aside.begin(() -> wordiest(views, most), helper(views))) {
      Hits nearest = nearest(views, most);
      List<WordHit> wordiest = words.get(); // before anything else is asked of the words
      List<Found> near = found(views, nearest);
      near.sort(Found.BY_SIMILARITY);
      return new Result(
          near.size() > most ? new ArrayList<>(near.subList(0, most)) : near,
          found(views, wordiest));
    }
  }

  /** A filter counts what it looks at, and is not for two threads. */
  private Executor helper(List<ShardView> views) {
    boolean isWorthIt =
        question.vector() != null
            && question.words() != null
            && filter.passesAll()
            && memories(views) >= WORTH_HELP;
    return isWorthIt ? views.getFirst().shard().idle() : task -> {};
  }

  private static int largest(List<ShardView> views) {
    return views.stream().mapToInt(view -> view.shard().size()).max().orElse(0);
  }

  private static int memories(List<ShardView> views) {
    return views.stream().mapToInt(view -> view.shard().size()).sum();
  }

  /**
   * The memories near these places in their sessions.
   *
   * @param most on each side of a place
   * @throws ShardGoneException as {@link #best}
   */
  public List<Found> around(List<Shard> shards, List<Place> places, int most) {
    return undisturbed(
        shards,
        views -> {
          List<Found> found = new ArrayList<>();
          for (ShardView view : views) {
            Set<String> seen = new HashSet<>();
            List<Entry> near = new ArrayList<>();
            for (Place place : places) {
              if (place.namespaceUid() == view.shard().spec().namespaceUid()) {
                for (Entry entry : view.shard().around(place, most, view::isVisible)) {
                  if (seen.add(entry.record().id())) {
                    near.add(entry);
                  }
                }
              }
            }
            List<Float> words = near.stream().map(entry -> view.wordScore(entry.slot())).toList();
            found.addAll(found(view, near, words, false));
          }
          return found;
        });
  }

  /**
   * Memories that say the same.
   *
   * @param entries by the keys of their shards
   * @param mayBeMore whether all that were looked at were so near that there may be others
   */
  public record Said(Map<Long, List<Entry>> entries, boolean mayBeMore) {}

  /**
   * Memories that pass both filters, and whose content says the same word for word but for those
   * that carry no meaning.
   *
   * @throws ShardGoneException as {@link #best}
   */
  public Said saying(List<Shard> shards, MemoryGrid.Saying what) {
    RecordFilter beside = RecordFilter.of(what.beside(), time);
    return undisturbed(
        shards,
        views -> {
          Map<Long, List<Entry>> entries = new HashMap<>();
          if (views.isEmpty()) {
            return new Said(entries, false);
          }
          Statement statement = views.getFirst().shard().statementOf(what.content());
          List<Found> nearest =
              found(views, nearest(views, MOST_SAYING)).stream()
                  .filter(found -> found.candidate().similarity() >= what.leastSimilarity())
                  .toList();
          for (Found near : nearest) {
            Shard shard = shard(views, near);
            shard
                .find(near.candidate().id(), time.unixSeconds())
                .filter(entry -> beside.passes(entry.record()))
                .filter(entry -> statement.equals(shard.statementOf(entry.record().content())))
                .ifPresent(entry ->
                    entries.computeIfAbsent(near.shardKey(), key -> new ArrayList<>()).add(entry));
          }
          return new Said(entries, nearest.size() >= MOST_SAYING);
        });
  }

  private static Shard shard(List<ShardView> views, Found found) {
    return views.stream()
        .map(ShardView::shard)
        .filter(shard -> shard.spec().key() == found.shardKey())
        .findFirst()
        .orElseThrow();
  }

  private <T> T undisturbed(List<Shard> shards, Function<List<ShardView>, T> search) {
    Optional<ShardView> disturbed = Optional.empty();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<ShardView> views = new ArrayList<>(shards.size());
      try {
        for (Shard shard : shards) {
          ShardView view = shard.view(question.words(), filter, time.unixSeconds());
          if (view != null) {
            views.add(view);
          }
        }
        T found = search.apply(views);
        disturbed = views.stream().filter(view -> !view.isUndisturbed()).findFirst();
        if (disturbed.isEmpty()) {
          return found;
        }
      } finally {
        views.forEach(ShardView::close);
      }
      Thread.onSpinWait();
    }
    throw new ShardGoneException(disturbed.orElseThrow().shard().spec());
  }

  /**
   * The best {@code most}, and those that are as near as the last: which of them counts, ids say.
   */
  private Hits nearest(List<ShardView> views, int most) {
    float[] vector = question.vector();
    if (vector == null) {
      return new Hits();
    }
    int asked = most + 1;
    Hits hits = visible(views, vector, asked);
    while (isTied(hits, most, asked) && asked < MOST_TIED) {
      asked *= 4;
      hits = visible(views, vector, asked);
    }
    return hits;
  }

  /** Whether those just beyond the best are as near as the last of them, and there may be more. */
  private static boolean isTied(Hits hits, int most, int asked) {
    return hits.count() == asked && hits.score(asked - 1) == hits.score(most - 1);
  }

  private static Hits visible(List<ShardView> views, float[] vector, int most) {
    Hits hits = search(views, vector, most, ShardView::visible);
    return hasVectorAheadOfItsRecord(views, hits) // it has taken a hit's place
        ? search(views, vector, most, view -> view::isVisible)
        : hits;
  }

  private List<Found> found(List<ShardView> views, Hits hits) {
    List<Found> found = new ArrayList<>(hits.count());
    for (int i = 0; i < hits.count(); i++) {
      ShardView view = views.get(hits.source(i));
      Entry entry = view.entry(hits.slot(i));
      if (entry != null) {
        found.add(found(view, entry, hits.score(i), view.wordScore(entry.slot()), true));
      }
    }
    return found;
  }

  private static Hits search(
      List<ShardView> views,
      float[] vector,
      int most,
      Function<ShardView, @Nullable SlotFilter> filter) {
    List<JointSearch.Source> sources =
        views.stream()
            .map(view -> new JointSearch.Source(view.reader(), filter.apply(view)))
            .toList();
    Hits hits = new Hits();
    JointSearch.search(
        sources, vector, views.getFirst().shard().searchFor(most, largest(views)), hits);
    return hits;
  }

  private static boolean hasVectorAheadOfItsRecord(List<ShardView> views, Hits hits) {
    return IntStream.range(0, hits.count())
        .anyMatch(i -> views.get(hits.source(i)).shard().inSlot(hits.slot(i)) == null);
  }

  /** What a shard has by the question's words. */
  private record WordHit(ShardView view, Entry entry, float score) {
    static final Comparator<WordHit> BEST_FIRST =
        Comparator.comparingDouble(WordHit::score)
            .reversed()
            .thenComparing(hit -> hit.entry().record(), MemoryRecord::compareIds)
            .thenComparingLong(hit -> hit.view().shard().spec().key());
  }

  private List<WordHit> wordiest(List<ShardView> views, int most) {
    List<WordHit> hits = new ArrayList<>();
    for (ShardView view : views) {
      // What one shard has found spares the next from keeping what is worse.
      float least = hits.size() < most ? 0 : hits.getLast().score();
      LexicalHits ofView = view.wordiest(most, least);
      for (int i = 0; i < ofView.count(); i++) {
        Entry entry = view.entry(ofView.slot(i));
        if (entry != null) {
          hits.add(new WordHit(view, entry, ofView.score(i)));
        }
      }
      hits.sort(WordHit.BEST_FIRST);
      if (hits.size() > most) {
        hits.subList(most, hits.size()).clear();
      }
    }
    return hits;
  }

  private List<Found> found(List<ShardView> views, List<WordHit> best) {
    List<Found> found = new ArrayList<>(best.size());
    for (ShardView view : views) {
      List<Entry> entries = new ArrayList<>();
      List<Float> words = new ArrayList<>();
      for (WordHit hit : best) {
        if (hit.view() == view) {
          entries.add(hit.entry());
          words.add(hit.score());
        }
      }
      found.addAll(found(view, entries, words, true));
    }
    found.sort(Found.BY_WORDS);
    return found;
  }

  private List<Found> found(
      ShardView view, List<Entry> entries, List<Float> words, boolean proposed) {
    float[] vector = question.vector();
    float @Nullable [] similarities =
        vector == null
            ? null
            : view.reader().scores(vector, entries.stream().mapToInt(Entry::slot).toArray());
    List<Found> found = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      float similarity = similarities == null ? 0 : similarities[i];
      found.add(found(view, entries.get(i), similarity, words.get(i), proposed));
    }
    return found;
  }

  private Found found(
      ShardView view, Entry entry, float similarity, float words, boolean proposed) {
    MemoryRecord record = entry.record();
    return new Found(
        view.shard().spec().key(),
        new Candidate(
            record.id(),
            0,
            proposed,
            similarity,
            words,
            record.sessionId(),
            record.createdAtMicros(),
            record.time(),
            record.traits(),
            isNamed(record),
            namesTime(record),
            question.folded() ? record.contentHash() : 0,
            standing(record)));
  }

  private static Standing standing(MemoryRecord record) {
    Appraisal appraisal = record.appraisal();
    return new Standing(
        record.importance(),
        record.type(),
        record.updatedAt(),
        appraisal.verified(),
        Standing.feedback(appraisal.up(), appraisal.down(), appraisal.flags()));
  }

  private boolean isNamed(MemoryRecord record) {
    if (question.nameWords().isEmpty() || !TextTraits.hasSpeaker(record.traits())) {
      return false;
    }
    String speaker = TextTraits.speaker(record.contentStart(SPEAKER_BYTES));
    return speaker != null && names.mentions(speaker);
  }

  private boolean namesTime(MemoryRecord record) {
    if (times.areNone() || !TextTraits.namesTime(record.traits())) {
      return false;
    }
    long written =
        record.time() == Candidate.NO_TIME
            ? TimeUnit.MICROSECONDS.toSeconds(record.createdAtMicros())
            : record.time();
    return times.areNamedIn(record.content(), written);
  }
}
