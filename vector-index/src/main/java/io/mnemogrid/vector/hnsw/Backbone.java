package io.mnemogrid.vector.hnsw;

import io.mnemogrid.vector.rows.ScoredSlot;

/**
 * A spanning tree of the ground layer whose links, always in both directions, no pruning may give
 * up. So every node can be reached from every other, which the paper's algorithm makes only likely:
 * when lists are full, and even more when nodes are taken out, it can lose a node's last link.
 *
 * <p>A new node is tied to a near neighbour. When a node is taken out, those tied to it are tied to
 * one another. A leaf of the tree always has room, so a place is always found. Maintainer only.
 */
final class Backbone {
  private final int[] tied = new int[NodeLayout.MOST_DEGREE];

  /** Ties a node that is in no tree, and whose links are written, to a neighbour near it. */
  void attach(GraphView view, int node) {
    Links ground = view.graph().ground;
    for (int i = 0, n = ground.count(node); i < n; i++) {
      int neighbor = ground.link(node, i);
      if (hasRoom(ground, neighbor)) {
        tie(ground, node, neighbor);
        return;
      }
    }
    tie(ground, node, withRoomFrom(ground, ground.link(node, 0)));
  }

  /** Takes {@code node} out of the tree. Its links stay, for walks that stand on it. */
  void detach(GraphView view, int node) {
    Links ground = view.graph().ground;
    int count = 0;
    for (long bits = ground.backbone(node); bits != 0; bits &= bits - 1) {
      tied[count++] = ground.link(node, Long.numberOfTrailingZeros(bits));
    }
    ground.setBackbone(node, 0);
    for (int i = 0; i < count; i++) {
      int at = ground.indexOf(tied[i], node);
      ground.setBackbone(tied[i], ground.backbone(tied[i]) & ~(1L << at));
    }
    for (int i = 1; i < count; i++) {
      tie(ground, tied[i], nearestOfFirst(view, i));
    }
  }

  /** The node nearest to {@code tied[i]} of those before it, or one of their tree with room. */
  private int nearestOfFirst(GraphView view, int i) {
    GraphScratch scratch = view.scratch();
    view.scorer().load(scratch.neighbor, view.rows().address(tied[i]));
    long nearest = Long.MIN_VALUE;
    for (int j = 0; j < i; j++) {
      if (hasRoom(view.graph().ground, tied[j])) {
        float score = view.scorer().score(scratch.neighbor, view.rows().address(tied[j]));
        nearest = Math.max(nearest, ScoredSlot.of(score, tied[j]));
      }
    }
    return nearest == Long.MIN_VALUE
        ? withRoomFrom(view.graph().ground, tied[0])
        : ScoredSlot.slot(nearest);
  }

  /** Follows the tree away from {@code start}; it ends in a leaf, which has room. */
  private static int withRoomFrom(Links ground, int start) {
    int from = Links.NONE;
    int at = start;
    while (!hasRoom(ground, at)) {
      int next = Links.NONE;
      for (long bits = ground.backbone(at); bits != 0 && next == Links.NONE; bits &= bits - 1) {
        int candidate = ground.link(at, Long.numberOfTrailingZeros(bits));
        next = candidate == from ? Links.NONE : candidate;
      }
      from = at;
      at = next;
    }
    return at;
  }

  private static boolean hasRoom(Links ground, int node) {
    return Long.bitCount(ground.backbone(node)) < ground.degree();
  }

  private static void tie(Links ground, int a, int b) {
    tieOneWay(ground, a, b);
    tieOneWay(ground, b, a);
  }

  private static void tieOneWay(Links ground, int from, int to) {
    int at = ground.indexOf(from, to);
    if (at == Links.NONE && ground.count(from) < ground.degree()) {
      ground.append(from, to);
      at = ground.count(from) - 1;
    } else if (at == Links.NONE) {
      at = lastUntied(ground, from);
      ground.set(from, at, to);
    }
    ground.setBackbone(from, ground.backbone(from) | 1L << at);
  }

  // Lists are written nearest first, so the last is the one to miss least.
  private static int lastUntied(Links ground, int node) {
    long untied = ~ground.backbone(node);
    if (ground.degree() < Long.SIZE) {
      untied &= (1L << ground.degree()) - 1;
    }
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(untied);
  }
}
