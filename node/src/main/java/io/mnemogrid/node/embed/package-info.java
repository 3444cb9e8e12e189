/**
 * Text to vector on this node: a WordPiece tokenizer, a sentence model run by ONNX Runtime, two
 * queues in front of it and a cache of questions.
 *
 * <p>Vocabulary: a <em>token</em> is an entry of the model's vocabulary; a <em>window</em> is what
 * the model reads at once, at most {@link ModelCard#maxTokens()} tokens with the two special ones;
 * a <em>run</em> is one call of the model over a few windows of similar length, padded to the
 * longest of them; a <em>place</em> is the unit in which the bounded queue counts text.
 *
 * <p>The only importer of {@code ai.onnxruntime}.
 */
@NullMarked
package io.mnemogrid.node.embed;

import org.jspecify.annotations.NullMarked;
