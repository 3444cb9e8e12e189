/**
 * The HTTP endpoint. Routes, checks of requests and access are built from the OpenAPI document; a
 * handler gets a request that is well formed and a permit that is already decided.
 *
 * <p>Event loops only read, route and write. A handler answers with a stage that may complete on
 * any thread; the answer goes back to the event loop of its connection.
 */
@NullMarked
package io.mnemogrid.node.http;

import org.jspecify.annotations.NullMarked;
