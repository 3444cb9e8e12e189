/**
 * Tests of the packaged node: real processes, started as {@code node/serve} starts them, on the
 * loopback address. They hold what no test inside one JVM can: start-up, signals, sudden death.
 */
@NullMarked
package io.mnemogrid.node.process;

import org.jspecify.annotations.NullMarked;
