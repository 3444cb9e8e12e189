package io.mnemogrid.node.lexical;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/** What an index should hold, and what BM25 says of it, computed the long way. */
final class Documents {
  private final Map<Integer, Map<String, Integer>> bySlot = new TreeMap<>();

  /** A hit that a search should have. */
  record Scored(int slot, float score) {}

  void put(int slot, Map<String, Integer> terms) {
    if (terms.isEmpty()) {
      bySlot.remove(slot);
    } else {
      bySlot.put(slot, Map.copyOf(terms));
    }
  }

  void remove(int slot) {
    bySlot.remove(slot);
  }

  void move(int slot, int into) {
    Map<String, Integer> terms = bySlot.remove(slot);
    if (terms != null) {
      bySlot.put(into, terms);
    }
  }

  int size() {
    return bySlot.size();
  }

  boolean has(int slot) {
    return bySlot.containsKey(slot);
  }

  int anySlot(SplittableRandom random) {
    List<Integer> slots = List.copyOf(bySlot.keySet());
    return slots.get(random.nextInt(slots.size()));
  }

  long distinctTerms() {
    return bySlot.values().stream().flatMap(terms -> terms.keySet().stream()).distinct().count();
  }

  Statistics statistics(List<String> terms) {
    long length = bySlot.values().stream().mapToLong(Documents::length).sum();
    long[] frequencies =
        terms.stream()
            .mapToLong(
                term -> bySlot.values().stream().filter(held -> held.containsKey(term)).count())
            .toArray();
    return new Statistics(bySlot.size(), length, frequencies);
  }

  float score(LexicalQuery query, int slot) {
    Map<String, Integer> held = bySlot.getOrDefault(slot, Map.of());
    Statistics all = query.statistics();
    double k1 = query.parameters().k1();
    double b = query.parameters().b();
    double average = all.documents() == 0 ? 1 : (double) all.totalLength() / all.documents();
    double score = 0;
    for (int i = 0; i < query.terms().size(); i++) {
      int count = held.getOrDefault(query.terms().get(i), 0);
      if (count > 0) {
        long df = all.documentFrequencies()[i];
        double idf = StrictMath.log(1 + (all.documents() - df + 0.5) / (df + 0.5));
        score += idf * count / (count + k1 * (1 - b) + k1 * b / average * length(held));
      }
    }
    return (float) score;
  }

  List<Scored> best(LexicalQuery query, int k, IntPredicate visible, SlotOrder ties) {
    List<Scored> all = new ArrayList<>();
    for (int slot : bySlot.keySet()) {
      float score = score(query, slot);
      if (score > 0 && visible.test(slot)) {
        all.add(new Scored(slot, score));
      }
    }
    all.sort(
        Comparator.comparingDouble(Scored::score)
            .reversed()
            .thenComparing((one, other) -> ties.compare(one.slot(), other.slot())));
    return all.subList(0, Math.min(k, all.size()));
  }

  private static int length(Map<String, Integer> terms) {
    return terms.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** A search's hits in the same form. */
  static List<Scored> of(LexicalHits hits) {
    List<Scored> all = new ArrayList<>();
    for (int i = 0; i < hits.count(); i++) {
      all.add(new Scored(hits.slot(i), hits.score(i)));
    }
    return all;
  }
}
