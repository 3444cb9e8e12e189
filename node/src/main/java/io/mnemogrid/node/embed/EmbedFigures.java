package io.mnemogrid.node.embed;

/**
 * What the node's models did since they were opened.
 *
 * @param cacheHits questions answered from the cache, or by the embedding of the same question that
 *     was under way
 * @param cacheMisses questions that had to be embedded
 * @param cacheEntries vectors of questions kept now
 * @param texts texts read, questions and texts that were scored among them
 * @param runs calls of a model
 * @param tokens tokens read, without padding
 * @param sampledTexts texts too long to be read in full
 * @param placesTaken places of the queues in use now
 * @param openModels sentence models in memory now
 * @param modelsOpened how often a sentence model was opened; when this goes on growing, they are
 *     too many for {@code embed.maxOpenModels}
 */
public record EmbedFigures(
    long cacheHits,
    long cacheMisses,
    int cacheEntries,
    long texts,
    long runs,
    long tokens,
    long sampledTexts,
    int placesTaken,
    int openModels,
    long modelsOpened) {}
