package io.mnemogrid.vector.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.mnemogrid.vector.rows.SlotSet;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashSet;

/** Checks what must hold of a graph between two steps of maintenance. */
public final class GraphValidator {
  private GraphValidator() {}

  public static void validate(String when, HnswGraph graph, SlotSet linked, SlotSet live) {
    int nodes = 0;
    for (int slot = 0; slot < linked.words() << 6; slot++) {
      if (linked.contains(slot)) {
        nodes++;
        for (int level = 0; level <= graph.levelOfSlot(slot); level++) {
          validateList(when, graph, linked, slot, level);
        }
        validateBackbone(when, graph, slot);
      }
    }
    assertThat(nodes).as(when).isEqualTo(linked.size());
    validateReachability(when, graph, linked, live);
    var check = new GraphCheck(graph, live, linked, GraphImage.upperRecords(graph));
    assertThat(check.holds(graph.entry())).as("an image of it can be read, %s", when).isTrue();
  }

  private static void validateList(
      String when, HnswGraph graph, SlotSet linked, int slot, int level) {
    Links links = graph.layer(level);
    int record = graph.record(slot, level);
    assertThat(links.count(record)).as(when).isBetween(0, links.degree());
    var seen = new HashSet<Integer>();
    for (int i = 0; i < links.count(record); i++) {
      int target = links.link(record, i);
      String broken =
          target == slot
              ? "points to itself"
              : !seen.add(target)
                  ? "is there twice"
                  : !linked.contains(target)
                      ? "is dead"
                      : graph.record(target, level) == Links.NONE ? "is too high" : "";
      if (!broken.isEmpty()) {
        fail("%s: link %d -> %d in layer %d %s", when, slot, target, level, broken);
      }
    }
  }

  private static void validateBackbone(String when, HnswGraph graph, int slot) {
    Links ground = graph.ground;
    long bits = ground.backbone(slot);
    for (; bits != 0; bits &= bits - 1) {
      int i = Long.numberOfTrailingZeros(bits);
      int target = ground.link(slot, i);
      int back = ground.indexOf(target, slot);
      if (i >= ground.count(slot)
          || back == Links.NONE
          || (ground.backbone(target) >>> back & 1) == 0) {
        fail("%s: slot %d is not tied both ways with %d", when, slot, target);
      }
    }
  }

  private static void validateReachability(
      String when, HnswGraph graph, SlotSet linked, SlotSet live) {
    var reached = new BitSet();
    if (!graph.isEmpty()) {
      var queue = new ArrayDeque<Integer>();
      int entry = HnswGraph.slotOf(graph.entry());
      assertThat(linked.contains(entry)).as(when + ": entry is dead").isTrue();
      assertThat(graph.levelOfSlot(entry)).as(when).isEqualTo(HnswGraph.levelOf(graph.entry()));
      queue.add(entry);
      reached.set(entry);
      while (!queue.isEmpty()) {
        int at = queue.remove();
        for (int i = 0; i < graph.ground.count(at); i++) {
          int next = graph.ground.link(at, i);
          if (!reached.get(next)) {
            reached.set(next);
            queue.add(next);
          }
        }
      }
    }
    for (int slot = 0; slot < linked.words() << 6; slot++) {
      if (linked.contains(slot) && live.contains(slot)) {
        if (!reached.get(slot)) {
          fail("%s: slot %d cannot be reached", when, slot);
        }
      }
    }
  }
}
