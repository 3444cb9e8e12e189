/**
 * Recall as clients have it, over HTTP: how much of the evidence of annotated questions is among a
 * node's first hits, and how long one large namespace takes to answer.
 *
 * <p>A <em>text</em> is what is stored as one memory, a <em>corpus</em> the texts of one namespace
 * with the questions about them, <em>evidence</em> the ids of the texts that answer a question, and
 * a <em>configuration</em> a set of fields of the recall request under a name. {@link
 * io.mnemogrid.perf.recall.EvidenceRecall} measures what is found, {@link
 * io.mnemogrid.perf.recall.RecallLatency} how fast.
 */
@NullMarked
package io.mnemogrid.perf.recall;

import org.jspecify.annotations.NullMarked;
