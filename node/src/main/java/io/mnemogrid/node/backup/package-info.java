/**
 * Backups of namespaces as folders of files, and bringing them back.
 *
 * <p>A backup is a folder with the name of its id: {@code manifest.json} says what is in it, a file
 * of memories a namespace follows {@link io.mnemogrid.node.backup.MemoryFileLayout}, and {@code
 * SHA256SUMS} names the digest of each of these, as {@code sha256sum -c} reads it. The folder has
 * another name until it is whole.
 */
@NullMarked
package io.mnemogrid.node.backup;

import org.jspecify.annotations.NullMarked;
