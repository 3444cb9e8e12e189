/**
 * The settings of a node: records, a loader over the settings file and the environment, and one
 * report of everything that is wrong. Nothing else in the node reads the environment or a file of
 * settings.
 *
 * <p>A <em>key</em> of the file is {@code section.name}; the environment variable of a key is made
 * from it mechanically: {@code http.maxBodyBytes} is {@code MNEMOGRID_HTTP_MAX_BODY_BYTES}. The
 * environment wins over the file, the file over the defaults, which stand in the records. Both
 * sources hand over text, so there is one parser and one message for both. A key that nobody reads
 * is an error, in the file and in the environment: a misspelt limit must not be a missing one.
 *
 * <p>Each record checks itself when it is made, so code that builds one without the loader cannot
 * build a wrong one. Times are {@link java.time.Duration}; fields that end in {@code Bytes} count
 * bytes.
 */
@NullMarked
package io.mnemogrid.node.config;

import org.jspecify.annotations.NullMarked;
