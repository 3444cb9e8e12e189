/**
 * What a question in English says beside its words: the times and the names in it. It is read by
 * rules alone, and what is not clear is left unread: a cue that is wrong costs more than none.
 */
@NullMarked
package io.mnemogrid.node.recall.question;

import org.jspecify.annotations.NullMarked;
