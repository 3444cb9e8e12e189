/**
 * Search by words: text to terms, and an index of terms for each shard, scored by BM25.
 *
 * <p>Vocabulary: a <em>term</em> is a word as the index knows it, in lower case and without its
 * ending; a <em>document</em> is the terms of one text with their counts, and stands in a
 * <em>slot</em>, a small number that the caller gives and may use again; its <em>length</em> is the
 * sum of the counts. A <em>document frequency</em> is the number of documents that hold a term.
 *
 * <p>A small index looks at every document. A larger one keeps a <em>posting list</em> for each
 * term, the documents that hold it by <em>ordinal</em>: documents are numbered in the order in
 * which they came, so lists only grow at their ends, and a reader that knows how many documents
 * there were when it began sees no later one.
 *
 * <p>Knows neither records nor vectors nor the cluster. The only importer of {@code
 * org.apache.lucene}, of which it takes the analyzers alone.
 */
@NullMarked
package io.mnemogrid.node.lexical;

import org.jspecify.annotations.NullMarked;
