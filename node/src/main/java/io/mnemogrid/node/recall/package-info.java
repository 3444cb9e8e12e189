/**
 * The pure part of recall: what a question says beside its words, merging partial answers, scoring
 * and ordering them.
 */
@NullMarked
package io.mnemogrid.node.recall;

import org.jspecify.annotations.NullMarked;
