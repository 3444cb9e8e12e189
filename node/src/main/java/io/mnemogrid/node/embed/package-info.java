/**
 * Text to vector, and question with text to score, on this node: tokenizers, sentence models and a
 * cross-encoder run by ONNX Runtime, the queues in front of them and a cache of questions. {@link
 * OnnxModels} is all that others see of it.
 *
 * <p>Vocabulary: a <em>token</em> is an entry of a model's vocabulary; a <em>window</em> is what a
 * model reads at once, at most {@link ModelCard#maxTokens()} tokens with the special ones; a
 * <em>run</em> is one call of a model over a few windows of similar length, padded to the longest
 * of them; a <em>place</em> is the unit in which the bounded queues count text; a <em>lease</em>
 * keeps a model in memory while it is used.
 *
 * <p>The way of a text: {@link OnnxEmbedder} or {@link OnnxReranker} → {@link Lanes} → a thread of
 * {@link Workers}, which cuts it into windows → {@link Lanes} again → a thread, which runs the
 * model on them → {@link Passage}, which makes one result of theirs → {@link Request}, which
 * completes when all of its texts have one.
 *
 * <p>The only importer of {@code ai.onnxruntime} and {@code ai.djl}.
 */
@NullMarked
package io.mnemogrid.node.embed;

import org.jspecify.annotations.NullMarked;
