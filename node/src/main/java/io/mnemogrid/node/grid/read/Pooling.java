package io.mnemogrid.node.grid.read;

import io.mnemogrid.node.grid.member.Placement;
import io.mnemogrid.node.grid.shard.Found;
import io.mnemogrid.node.grid.shard.Place;
import io.mnemogrid.node.grid.shard.Question;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.wire.ReadAnswer;
import io.mnemogrid.node.grid.wire.ReadTarget;
import io.mnemogrid.node.grid.wire.ShardRead;
import io.mnemogrid.node.lexical.Analysis;
import io.mnemogrid.node.lexical.LexicalQuery;
import io.mnemogrid.node.model.Failures;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.RecallQuery;
import io.mnemogrid.node.model.Recalled;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.recall.Candidate;
import io.mnemogrid.node.recall.TimeFilter;
import io.mnemogrid.node.recall.question.QuestionCues;
import io.mnemogrid.vector.SearchParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the memories that may answer one question: the best by its vector and by its words over
 * all shards of all its namespaces, and the turns near them in their sessions.
 *
 * <p>Namespaces that share the question's vector and the language are searched together, as if they
 * were one; how rare a word is, is counted over all of its language. So the answer does not depend
 * on how memories are spread over namespaces and shards.
 */
public final class Pooling {
  /** Of each side; about as many as ever make a difference (more were measured: no gain). */
  private static final int LEAST_POOL = 50;

  /** So many times larger is the next pool, so that a few are enough. */
  private static final int WIDENING = 4;

  /** Of each side, of the times that the question names where it asks for more. */
  private static final int TIMELY = 20;

  /** Once the time is over, a read has this part of it. */
  private static final int LATE_DIVISOR = 10;

  /** Candidates whose neighbours in the session are looked at. */
  private static final int MOST_PLACES = 200;

  private final FanOut fanOut;
  private final Placement placement;
  private final RecallQuery query;
  private final QuestionCues cues;
  private final long now;
  private final Stages stages;
  private final long endNanos;
  private int limit;
  private boolean isCut;
  private final Map<Long, Integer> namespaceOfUid = new HashMap<>();
  private final Set<ReadTarget> missing = new HashSet<>();
  private final Set<ReadTarget> silent = new HashSet<>();
  private final Map<String, List<String>> terms = new LinkedHashMap<>();
  private int nearest;
  private int wordiest;
  private int timely;
  private int around;

  /**
   * @param now unix seconds
   */
  Pooling(
      FanOut fanOut,
      Placement placement,
      RecallQuery query,
      QuestionCues cues,
      long now,
      Stages stages) {
    this.fanOut = fanOut;
    this.placement = placement;
    this.query = query;
    this.cues = cues;
    this.now = now;
    this.stages = stages;
    this.endNanos = System.nanoTime() + fanOut.timeout().toNanos();
    this.limit = Math.max(LEAST_POOL, query.topK() + query.topK() / 2);
    for (int i = 0; i < query.sources().size(); i++) {
      namespaceOfUid.put(query.sources().get(i).namespace().uid(), i);
    }
  }

  /** Namespaces that can be searched as one. */
  private record Group(
      float @Nullable [] vector, Namespace.Distance distance, String language, List<Namespace> in) {
    boolean takes(RecallQuery.Source source) {
      return Arrays.equals(vector, source.vector())
          && distance == source.namespace().distance()
          && language.equals(source.namespace().language());
    }
  }

  /**
   * Gathers.
   *
   * @param sources the query's, perhaps with other vectors
   * @return candidates that say which of the sources they are from, in no order
   */
  CompletionStage<List<Found>> gather(List<RecallQuery.Source> sources) {
    isCut = false;
    nearest = 0;
    wordiest = 0;
    timely = 0;
    around = 0;
    CompletionStage<List<Found>> all = CompletableFuture.completedStage(List.of());
    List<Group> groups = groups(sources);
    for (Group group : groups) {
      List<ReadTarget> ofLanguage =
          groups.stream()
              .filter(one -> one.language().equals(group.language()))
              .flatMap(this::targets)
              .toList();
      all =
          all.thenCompose(before ->
              gather(group, ofLanguage)
                  .thenApply(more -> Stream.concat(before.stream(), more.stream()).toList()));
    }
    return all;
  }

  /** Has the next pool be larger; false if the last one had all there is or there can be. */
  boolean widen() {
    boolean isMore = isCut && limit < SearchParameters.MOST_HITS;
    if (isMore) {
      limit = Math.min(SearchParameters.MOST_HITS, limit * WIDENING);
    }
    return isMore;
  }

  private static List<Group> groups(List<RecallQuery.Source> sources) {
    List<Group> groups = new ArrayList<>();
    for (RecallQuery.Source source : sources) {
      Namespace namespace = source.namespace();
      Group group =
          groups.stream()
              .filter(one -> one.takes(source))
              .findFirst()
              .orElseGet(() -> {
                Group made =
                    new Group(
                        source.vector(),
                        namespace.distance(),
                        namespace.language(),
                        new ArrayList<>());
                groups.add(made);
                return made;
              });
      group.in().add(namespace);
    }
    return groups;
  }

  private Stream<ReadTarget> targets(Group group) {
    return group.in().stream().flatMap(namespace -> placement.targets(namespace).stream());
  }

  /**
   * @param ofLanguage where all is that words are counted over
   */
  private CompletionStage<List<Found>> gather(Group group, List<ReadTarget> ofLanguage) {
    List<ReadTarget> targets = targets(group).toList();
    Question wordless =
        new Question(
            group.vector(),
            null,
            cues.nameWords(),
            cues.times(),
            query.filter(),
            // Within one namespace what was stored twice is two hits: so many match.
            query.sources().size() > 1);
    return search(wordless, words(group), targets, ofLanguage)
        .thenCompose(searched -> {
          ReadAnswer answer = searched.answer();
          stages.end("search");
          isCut |= answer.nearest().size() >= limit || answer.wordiest().size() >= limit;
          nearest += answer.nearest().size();
          wordiest += answer.wordiest().size();
          return withTimely(searched, targets)
              .thenCompose(found -> withNeighbors(searched.question(), found, targets));
        })
        .thenApply(found -> found.stream().map(this::withNamespace).toList());
  }

  /** The question's words in the group's language. */
  private List<String> words(Group group) {
    String question = query.question();
    if (question == null) {
      return List.of();
    }
    List<String> words = Analysis.named(group.language()).question(question);
    terms.put(group.language(), words);
    return words;
  }

  /** What was found, and by which question: with how often its words occur in all the shards. */
  private record Searched(Question question, ReadAnswer answer) {}

  private CompletionStage<Searched> search(
      Question wordless,
      List<String> words,
      List<ReadTarget> targets,
      List<ReadTarget> ofLanguage) {
    if (words.isEmpty()) {
      return search(wordless, targets);
    }
    if (ofLanguage.size() > targets.size() || !fanOut.haveOneOwner(targets)) {
      return searchCounted(wordless, words, targets, ofLanguage);
    }
    return ask(new ShardRead.WholeSearch(wordless, words, limit), targets)
        .thenCompose(gathered -> {
          if (gathered.answers() > 1) { // they have moved apart, and each has counted its own
            return searchCounted(wordless, words, targets, ofLanguage);
          }
          Question question =
              wordless.withWords(LexicalQuery.of(words, gathered.answer().statistics()));
          return CompletableFuture.completedStage(new Searched(question, noted(gathered)));
        });
  }

  private CompletionStage<Searched> searchCounted(
      Question wordless,
      List<String> words,
      List<ReadTarget> targets,
      List<ReadTarget> ofLanguage) {
    // By then it is known who is silent; those who are not have the other half to search in.
    return ask(new ShardRead.Words(words), ofLanguage, left().dividedBy(2))
        .thenApply(this::noted)
        .thenCompose(answer -> {
          stages.end("statistics");
          return search(wordless.withWords(LexicalQuery.of(words, answer.statistics())), targets);
        });
  }

  private CompletionStage<Searched> search(Question question, List<ReadTarget> targets) {
    return read(new ShardRead.Search(question, limit), targets)
        .thenApply(answer -> new Searched(question, answer));
  }

  /**
   * Also the best of the times that the question names: it may say little else, or what fits better
   * is of other times. What is near these times only counts where there is not enough in them.
   */
  private CompletionStage<List<Found>> withTimely(Searched searched, List<ReadTarget> targets) {
    List<Found> found = alternating(searched.answer());
    if (cues.times().isEmpty()) {
      return CompletableFuture.completedStage(distinct(found));
    }
    Question question = searched.question();
    int most = cues.timesAlone() ? limit : TIMELY;
    return timely(question.among(TimeFilter.inside(cues.times(), now)), most, targets)
        .thenCompose(inside ->
            inside.size() >= TIMELY
                ? CompletableFuture.completedStage(inside)
                : timely(question.among(TimeFilter.near(cues.times(), now)), TIMELY, targets)
                    .thenApply(near -> Stream.concat(inside.stream(), near.stream()).toList()))
        .thenApply(more -> {
          stages.end("times");
          List<Found> all = distinct(Stream.concat(found.stream(), more.stream()).toList());
          timely += distinct(more).size();
          return all;
        });
  }

  private CompletionStage<List<Found>> timely(
      Question question, int most, List<ReadTarget> targets) {
    return ask(new ShardRead.Search(question, most), targets)
        .thenApply(FanOut.Gathered::answer)
        .exceptionally(Pooling::nothingIfRefused)
        .thenApply(Pooling::alternating);
  }

  /** What a busy node would have added is missed; what was found before is complete without it. */
  private static ReadAnswer nothingIfRefused(Throwable failure) {
    Throwable cause = Failures.unwrapped(failure);
    if (cause instanceof Refusal) {
      return new ReadAnswer();
    }
    throw new CompletionException(cause);
  }

  private CompletionStage<List<Found>> withNeighbors(
      Question question, List<Found> found, List<ReadTarget> targets) {
    List<Found> asked = new ArrayList<>();
    List<Found> all = new ArrayList<>();
    for (Found one : found) {
      boolean isInSession = query.options().neighborhood() && one.candidate().session() != null;
      boolean isAsked = isInSession && asked.size() < MOST_PLACES;
      all.add(isInSession && !isAsked ? one.alone() : one);
      if (isAsked) {
        asked.add(one);
      }
    }
    if (asked.isEmpty()) {
      return CompletableFuture.completedStage(found);
    }
    List<Place> places = asked.stream().map(Pooling::place).toList();
    return read(new ShardRead.Around(question, places, Recall.REACH), targets)
        .thenApply(answer -> {
          List<Found> near = SessionNeighbors.of(asked, answer.around(), Recall.REACH);
          stages.end("neighborhood");
          around += near.size();
          return Stream.concat(all.stream(), near.stream()).toList();
        });
  }

  private static List<Found> distinct(List<Found> found) {
    Map<ShardRead.Wanted, Found> distinct = new LinkedHashMap<>();
    found.forEach(one -> distinct.putIfAbsent(ShardRead.Wanted.of(one), one));
    return List.copyOf(distinct.values());
  }

  /** Those found by either side, alternating between the sides. */
  private static List<Found> alternating(ReadAnswer answer) {
    List<Found> all = new ArrayList<>();
    int most = Math.max(answer.nearest().size(), answer.wordiest().size());
    for (int i = 0; i < most; i++) {
      for (List<Found> side : List.of(answer.nearest(), answer.wordiest())) {
        if (i < side.size()) {
          all.add(side.get(i));
        }
      }
    }
    return all;
  }

  private static Place place(Found found) {
    Candidate candidate = found.candidate();
    return new Place(
        ShardSpec.namespaceUid(found.shardKey()),
        Objects.requireNonNull(candidate.session()),
        candidate.time(),
        candidate.order(),
        candidate.id());
  }

  private Found withNamespace(Found found) {
    int namespace =
        Objects.requireNonNull(namespaceOfUid.get(ShardSpec.namespaceUid(found.shardKey())));
    return new Found(found.shardKey(), found.candidate().inNamespace(namespace));
  }

  /** Reads what can be read, and notes what cannot. */
  CompletionStage<ReadAnswer> read(ShardRead read, List<ReadTarget> targets) {
    return ask(read, targets).thenApply(this::noted);
  }

  private CompletionStage<FanOut.Gathered> ask(ShardRead read, List<ReadTarget> targets) {
    return ask(read, targets, left());
  }

  /** Without those that did not answer before. */
  private CompletionStage<FanOut.Gathered> ask(
      ShardRead read, List<ReadTarget> targets, Duration within) {
    List<ReadTarget> reachable =
        targets.stream().filter(target -> !silent.contains(target)).toList();
    return fanOut
        .gather(read, reachable, within)
        .thenApply(gathered -> {
          silent.addAll(gathered.missing());
          return gathered;
        });
  }

  /** The time that the recall has left, or a little: what was found by then is to be fetched. */
  private Duration left() {
    long leastNanos = fanOut.timeout().toNanos() / LATE_DIVISOR;
    return Duration.ofNanos(Math.max(endNanos - System.nanoTime(), leastNanos));
  }

  private ReadAnswer noted(FanOut.Gathered gathered) {
    missing.addAll(gathered.missing());
    missing.addAll(gathered.answer().shorts());
    return gathered.answer();
  }

  /** Where a memory that was found is. */
  ReadTarget target(long shardKey) {
    return placement.target(namespace(shardKey), shardKey);
  }

  Namespace namespace(long shardKey) {
    int index = Objects.requireNonNull(namespaceOfUid.get(ShardSpec.namespaceUid(shardKey)));
    return query.sources().get(index).namespace();
  }

  /** Shards that were not searched whole, in order. */
  List<Recalled.MissingShard> missing() {
    return missing.stream()
        .map(target ->
            new Recalled.MissingShard(namespace(target.shardKey()).name(), target.shard()))
        .sorted(
            Comparator.comparing(Recalled.MissingShard::namespace)
                .thenComparingInt(Recalled.MissingShard::shard))
        .toList();
  }

  int shardsAsked() {
    return query.sources().stream().mapToInt(source -> source.namespace().shards()).sum();
  }

  /** The question's words as they were searched for, by language. */
  Map<String, List<String>> terms() {
    return terms;
  }

  /** How many were seen the last time, by what they were found through. */
  Map<String, Integer> candidates() {
    return Map.of("vector", nearest, "bm25", wordiest, "times", timely, "neighborhood", around);
  }
}
