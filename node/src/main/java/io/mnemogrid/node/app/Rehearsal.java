package io.mnemogrid.node.app;

import io.mnemogrid.node.config.ConfigLoader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two nodes that find each other, take memories, move them and are asked for them, all in this JVM
 * and then over. Run with {@code -XX:ArchiveClassesAtExit}, the JVM keeps the classes of it (JEP
 * 350), and nodes that are started with that archive need about half the processor time until they
 * serve. Of no other use.
 */
final class Rehearsal {
  private static final String KEY = "rehearsal";
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
  private static final int MOST_RETRIES = 10;
  private static final int SHARDS = 16;
  private static final int ROWS = 24;

  private static final int VECTORS = 100;
  private static final int VECTOR_RECALLS = 10;
  private static final int DIMENSION = 384;
  private static final String WITH_VECTORS = "with-vectors";
  private static final int WORDS = 24;
  private static final int DIFFERENT_WORDS = 600;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final SplittableRandom random = new SplittableRandom(WORDS);

  private Rehearsal() {}

  /**
   * @param args a folder for the nodes' data, which is left there only by a run that fails
   */
  static void main(String[] args) throws IOException {
    Launch.routeLogs();
    Path folder = Files.createDirectories(Path.of(args[0]));
    Path data = Files.createTempDirectory(folder, "data-"); // files of another run would be read
    try {
      new Rehearsal().run(data);
      delete(data);
    } catch (Exception | Error e) {
      e.printStackTrace(); // and what still runs must not keep the build
      System.exit(Launch.EXIT_SOFTWARE);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void run(Path data) throws IOException, InterruptedException {
    int first = freePort();
    int second = freePort();
    // A cluster of one as far as it knows, so that either goes on when it is alone.
    String members = "127.0.0.1:" + first;
    try (Node one = start(first, members, data)) {
      serve(one, "alone");
      storeVectors(one);
      recallVectors(one);
      // Half of the partitions move to it, and back.
      try (Node two = start(second, members, data)) {
        serve(two, "joined");
        recallVectors(two);
      }
    }
  }

  private static Node start(int port, String members, Path data) {
    return Node.start(
        ConfigLoader.load(
            Map.of(
                "MNEMOGRID_ROOT_API_KEY",
                KEY,
                "MNEMOGRID_HTTP_PORT",
                "0",
                "MNEMOGRID_CLUSTER_NAME",
                "rehearsal-" + ProcessHandle.current().pid(),
                "MNEMOGRID_CLUSTER_PORT",
                Integer.toString(port),
                "MNEMOGRID_CLUSTER_MEMBERS",
                members,
                "MNEMOGRID_CLUSTER_MIN_REPLICAS",
                "1",
                "MNEMOGRID_DATA_DIR",
                data.toString())));
  }

  /** What agents do most. */
  private void serve(Node node, String namespace) throws IOException, InterruptedException {
    send(node, "/v1/namespaces", new JsonObject().put("name", namespace).put("shards", SHARDS));
    JsonObject named = new JsonObject().put("namespace", namespace);
    JsonArray rows = new JsonArray();
    for (int i = 0; i < ROWS; i++) {
      rows.add(new JsonObject().put("content", text()));
    }
    send(node, "/v1/memories/store/batch", named.copy().put("memories", rows));
    for (int i = 0; i < ROWS; i++) {
      send(node, "/v1/memory/store", named.copy().put("id", "note-" + i).put("content", text()));
      send(node, "/v1/memory/recall", named.copy().put("query", text()).put("top_k", 10));
    }
    JsonArray ids = new JsonArray().add("note-0").add("note-1");
    send(node, "/v1/memory/forget", named.copy().put("memory_ids", ids));
  }

  private void storeVectors(Node node) throws IOException, InterruptedException {
    send(
        node,
        "/v1/namespaces",
        new JsonObject()
            .put("name", WITH_VECTORS)
            .put("shards", SHARDS)
            .put("model", "own-vectors")
            .put("dimension", DIMENSION));
    JsonArray rows = new JsonArray();
    for (int i = 0; i < VECTORS; i++) {
      rows.add(new JsonObject().put("content", text()).put("embedding", vector()));
    }
    JsonObject memories = new JsonObject().put("namespace", WITH_VECTORS).put("memories", rows);
    send(node, "/v1/memories/store/batch", memories);
  }

  private void recallVectors(Node node) throws IOException, InterruptedException {
    for (int i = 0; i < VECTOR_RECALLS; i++) {
      JsonObject question = new JsonObject().put("namespace", WITH_VECTORS).put("query", text());
      send(node, "/v1/memory/recall", question.put("embedding", vector()));
    }
  }

  private JsonArray vector() {
    JsonArray vector = new JsonArray();
    random.doubles(DIMENSION, -1, 1).forEach(vector::add);
    return vector;
  }

  private String text() {
    return random
        .ints(WORDS, 0, DIFFERENT_WORDS)
        .mapToObj(word -> "word" + word)
        .collect(Collectors.joining(" "));
  }

  private void send(Node node, String path, JsonObject body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.httpPort() + path))
            .header("Authorization", "Bearer " + KEY)
            .timeout(ANSWER_WITHIN)
            .POST(BodyPublishers.ofString(body.encode()))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    for (int i = 0; i < MOST_RETRIES && isPutOff(answer); i++) {
      TimeUnit.SECONDS.sleep(1);
      answer = http.send(request, BodyHandlers.ofString());
    }
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
    }
  }

  private static boolean isPutOff(HttpResponse<String> answer) {
    return answer.statusCode() == 429 || answer.statusCode() == 503;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
