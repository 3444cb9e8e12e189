package io.mnemogrid.node.model;

/**
 * A recalled memory.
 *
 * @param score similarity to the query: cosine in [-1, 1] for a cosine namespace
 * @param smartScore what hits are ordered by, best first
 */
public record Hit(Memory memory, float score, float smartScore) {}
