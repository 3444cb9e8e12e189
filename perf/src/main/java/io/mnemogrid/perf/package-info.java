/**
 * Measurements that somebody asks for: what a namespace costs, how a node takes and answers many
 * sentences, what recall finds and how fast, how fast the distance kernels are, what huge pages
 * save. Each is a small program of its own; {@code perf/README.md} has the commands and {@code
 * perf/results} what they said.
 *
 * <p>The node is measured as its users have it: separate processes, spoken to over HTTP.
 */
@NullMarked
package io.mnemogrid.perf;

import org.jspecify.annotations.NullMarked;
