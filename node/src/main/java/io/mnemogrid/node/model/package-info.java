/**
 * Pure values that every other room speaks: namespaces, memories, stamps, queries, hits, refusals.
 */
@NullMarked
package io.mnemogrid.node.model;

import org.jspecify.annotations.NullMarked;
