/**
 * Who may do what: keys, grants, scopes and the one decision over (key, namespace, action). Pure.
 */
@NullMarked
package io.mnemogrid.node.access;

import org.jspecify.annotations.NullMarked;
