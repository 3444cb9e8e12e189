package io.mnemogrid.node.embed;

/**
 * What the embedder did since it was opened.
 *
 * @param cacheHits questions answered from the cache, or by the embedding of the same question that
 *     was under way
 * @param cacheMisses questions that had to be embedded
 * @param cacheEntries vectors of questions kept now
 * @param texts texts embedded, questions among them
 * @param runs calls of the model
 * @param tokens tokens read, without padding
 * @param sampledTexts texts too long to be read in full
 * @param placesTaken places of the queues in use now
 */
public record EmbedFigures(
    long cacheHits,
    long cacheMisses,
    int cacheEntries,
    long texts,
    long runs,
    long tokens,
    long sampledTexts,
    int placesTaken) {}
