package io.mnemogrid.node.http;

import java.util.concurrent.CompletionStage;

/** Does one operation. Called on an event loop or a worker: it must not block. */
@FunctionalInterface
interface OperationHandler {
  CompletionStage<Answer> handle(Call call);
}
