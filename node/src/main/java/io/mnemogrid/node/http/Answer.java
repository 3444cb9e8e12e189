package io.mnemogrid.node.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What goes back to the client.
 *
 * @param weight about how many bytes the body has: a heavy one is not made on an event loop
 * @param memories how many memories it shows, for the usage figures
 */
record Answer(
    int status, Map<String, String> headers, long weight, int memories, Supplier<Buffer> body) {

  static Answer ok(JsonObject body) {
    return of(200, body);
  }

  static Answer of(int status, JsonObject body) {
    return new Answer(status, Map.of(), 0, 0, body::toBuffer);
  }

  static Answer heavy(long weight, int memories, Supplier<JsonObject> body) {
    return new Answer(200, Map.of(), weight, memories, () -> body.get().toBuffer());
  }

  /** That the client has it already. */
  static Answer notModified(String etag) {
    return new Answer(304, Map.of("ETag", etag), 0, 1, Buffer::buffer);
  }

  Answer with(String header, String value) {
    return new Answer(status, Map.of(header, value), weight, memories, body);
  }
}
