package io.mnemogrid.perf.recall;

import io.mnemogrid.perf.ApiClient;
import io.mnemogrid.perf.BulkStore;
import io.mnemogrid.perf.NamespaceClient;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A corpus in a namespace of the node. Any thread. */
final class StoredCorpus {
  private final NamespaceClient namespace;
  private final Map<String, String> textIds;

  private StoredCorpus(NamespaceClient namespace, Map<String, String> textIds) {
    this.namespace = namespace;
    this.textIds = textIds;
  }

  /**
   * Stores the texts one batch after the other, so that they stand in the node in the corpus's
   * order.
   */
  static StoredCorpus store(Corpus corpus, Setting setting, ApiClient node, String name) {
    NamespaceClient namespace = NamespaceClient.create(node, name);
    Map<String, String> textIds = new HashMap<>();
    List<StoredText> texts = corpus.texts();
    for (int from = 0; from < texts.size(); from += BulkStore.BATCH) {
      List<StoredText> batch = texts.subList(from, Math.min(from + BulkStore.BATCH, texts.size()));
      List<String> ids = namespace.store(batch.stream().map(text -> text.memory(setting)).toList());
      for (int i = 0; i < batch.size(); i++) {
        textIds.put(ids.get(i), batch.get(i).id());
      }
    }
    return new StoredCorpus(namespace, textIds);
  }

  NamespaceClient namespace() {
    return namespace;
  }

  /**
   * Ids of the texts that an answer holds, best first.
   *
   * @throws IllegalStateException if one was not stored here
   */
  List<String> ranking(JsonObject answer) {
    return NamespaceClient.ids(answer).stream().map(this::textId).toList();
  }

  private String textId(String memoryId) {
    String textId = textIds.get(memoryId);
    if (textId == null) {
      throw new IllegalStateException("a hit that was not stored here: " + memoryId);
    }
    return textId;
  }
}
