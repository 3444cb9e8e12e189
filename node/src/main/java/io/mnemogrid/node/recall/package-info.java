/** The pure part of recall: fan-out plan, merge of partial answers, scoring, completeness. */
@NullMarked
package io.mnemogrid.node.recall;

import org.jspecify.annotations.NullMarked;
