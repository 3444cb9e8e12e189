/** The pure part of recall: merging partial answers, scoring and ordering them. */
@NullMarked
package io.mnemogrid.node.recall;

import org.jspecify.annotations.NullMarked;
