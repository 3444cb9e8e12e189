package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.config.HttpConfig;
import io.mnemogrid.node.model.Recalled;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.testing.RawConnection;
import io.mnemogrid.node.testing.RawConnection.Reply;
import io.mnemogrid.node.testing.SteeredNode;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients see when there is too much to do, when work fails, and when the node ends. */
class UnderPressureTest {
  private static final int MAX_IN_FLIGHT = 3;
  private static final int MAX_BODY = 4 << 10;
  private static final byte[] ASK =
      "{\"namespace\":\"here\",\"query\":\"x\"}".getBytes(StandardCharsets.UTF_8);
  private static final Recalled NOTHING =
      new Recalled(
          List.of(),
          List.of(new Recalled.MissingShard("a", 2), new Recalled.MissingShard("a", 5)),
          0,
          null);

  private final ConcurrentLinkedQueue<CompletableFuture<Recalled>> waiting =
      new ConcurrentLinkedQueue<>();
  private final List<RawConnection> connections = new ArrayList<>();
  private SteeredNode node;

  @BeforeEach
  void start() {
    node = SteeredNode.start(config(), ToldHealth.READY);
    ApiClient.root(node).post("/v1/namespaces", new JsonObject().put("name", "here")).expect(201);
    node.grid()
        .onRecall(_ -> {
          CompletableFuture<Recalled> answer = new CompletableFuture<>();
          waiting.add(answer);
          return answer;
        });
  }

  static HttpConfig config() {
    return new HttpConfig(
        "127.0.0.1",
        0,
        2,
        MAX_BODY,
        MAX_BODY + 10,
        HttpConfig.DEFAULTS.maxAnswerBytes(),
        MAX_IN_FLIGHT,
        Duration.ofSeconds(60),
        Duration.ofSeconds(30));
  }

  @AfterEach
  void stop() {
    connections.forEach(RawConnection::close);
    waiting.forEach(answer -> answer.complete(NOTHING));
    node.close();
  }

  @Test
  void tooManyRequestsAreSentAwayAndHealthStillAnswers() {
    List<RawConnection> busy = fill();
    Reply refused = connect().send("POST", "/v1/memory/recall", node.rootKey(), ASK);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.json().getString("code")).isEqualTo("RATE_LIMIT_EXCEEDED");
    assertThat(refused.headers()).containsEntry("retry-after", "1");
    assertThat(connect().send("GET", "/health", null, new byte[0]).status()).isEqualTo(200);

    waiting.forEach(answer -> answer.complete(NOTHING));
    for (RawConnection connection : busy) {
      Reply reply = connection.read();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.json().getBoolean("complete")).isFalse();
      assertThat(reply.json().getJsonArray("missing_shards")).containsExactly(2, 5);
    }
    assertThat(connect().send("GET", "/v1/auth/whoami", node.rootKey(), new byte[0]).status())
        .isEqualTo(200);
  }

  @Test
  void ofSeveralNamespacesEachMissingShardIsNamedWithItsOwn() {
    node.grid().onRecall(_ -> CompletableFuture.completedFuture(NOTHING));
    ApiClient root = ApiClient.root(node);
    JsonObject ask =
        new JsonObject(
            """
            {"namespaces":["here"],"query":"x"}\
            """);
    JsonObject body = root.post("/v1/memory/recall", ask).expect(200).body();
    assertThat(body.getJsonArray("missing_shards")).containsExactly(2, 5);
    assertThat(body.getJsonArray("missing"))
        .containsExactly(
            new JsonObject().put("namespace", "a").put("shard", 2),
            new JsonObject().put("namespace", "a").put("shard", 5));
    JsonObject one = new JsonObject().put("namespace", "here").put("query", "x");
    assertThat(root.post("/v1/memory/recall", one).expect(200).body().containsKey("missing"))
        .isFalse();
  }

  private void awaitRoom() {
    await()
        .untilAsserted(() ->
            assertThat(
                    connect().send("GET", "/v1/auth/whoami", node.rootKey(), new byte[0]).status())
                .isEqualTo(200));
  }

  @Test
  void aClientThatHasGoneFreesItsPlaceWhenItsWorkIsDone() {
    for (RawConnection connection : fill()) {
      connection.close();
    }
    waiting.forEach(answer -> answer.complete(NOTHING));
    awaitRoom();
  }

  @Test
  void aClientThatBreaksOffItsBodyFreesItsPlace() {
    for (int i = 0; i < 2 * MAX_IN_FLIGHT; i++) {
      RawConnection connection = connect();
      String head = connection.head("POST", "/v1/memory/recall", node.rootKey()).toString();
      connection.write((head + "Content-Length: 100\r\n\r\n{").getBytes(StandardCharsets.UTF_8));
      connection.close();
    }
    awaitRoom();
  }

  @Test
  void tooManyBytesOfBodiesAtOnceAreSentAway() {
    AtomicReference<RawConnection> first = new AtomicReference<>();
    await()
        .untilAsserted(() -> {
          // Whichever of the two the node reads last is sent away, so it may be the wrong one.
          RawConnection fresh = connect();
          String head = fresh.head("POST", "/v1/memory/recall", node.rootKey()).toString();
          fresh.write(
              (head + "Content-Length: " + MAX_BODY + "\r\n\r\n" + " ".repeat(MAX_BODY - 1))
                  .getBytes(StandardCharsets.UTF_8));
          first.set(fresh);
          Reply reply = connect().send("POST", "/v1/memory/store", node.rootKey(), ASK);
          if (reply.status() != 429) {
            fresh.close();
          }
          assertThat(reply.status()).isEqualTo(429);
        });
    RawConnection whole = Objects.requireNonNull(first.get());
    whole.write(" ".getBytes(StandardCharsets.UTF_8));
    assertThat(whole.read().status()).isEqualTo(400);
    assertThat(connect().send("POST", "/v1/memory/store", node.rootKey(), ASK).status())
        .isEqualTo(400);
  }

  @Test
  void aBugIsABare500AndTheConnectionGoesOn() {
    node.grid()
        .onRecall(_ -> {
          throw new IllegalStateException("secret internals");
        });
    expectBare500();
    node.grid()
        .onRecall(_ -> CompletableFuture.failedStage(new AssertionError("secret internals")));
    expectBare500();
    node.grid().onRecall(_ -> CompletableFuture.completedStage(null));
    expectBare500();
  }

  @Test
  void aRefusalIsFoundUnderItsWrapping() {
    node.grid()
        .onRecall(_ ->
            CompletableFuture.failedStage(
                new CompletionException(new Refusal.Busy("later", Duration.ofMillis(1_500)))));
    Reply busy = connect().send("POST", "/v1/memory/recall", node.rootKey(), ASK);
    assertThat(busy.status()).isEqualTo(429);
    assertThat(busy.headers()).containsEntry("retry-after", "2");
    node.grid()
        .onRecall(_ ->
            CompletableFuture.failedStage(
                new Refusal.Unavailable("no quorum", Duration.ofSeconds(3))));
    Reply unavailable = connect().send("POST", "/v1/memory/recall", node.rootKey(), ASK);
    assertThat(unavailable.status()).isEqualTo(503);
    assertThat(unavailable.headers()).containsEntry("retry-after", "3");
  }

  @Test
  void aNodeThatEndsFinishesWhatIsUnderWay() {
    RawConnection underWay = fill().getFirst();
    CompletableFuture<Void> ended = CompletableFuture.runAsync(node::close);
    await()
        .untilAsserted(
            () -> assertThatThrownBy(this::connect).isInstanceOf(UncheckedIOException.class));
    assertThat(ended).isNotDone();
    waiting.forEach(answer -> answer.complete(NOTHING));
    assertThat(underWay.read().status()).isEqualTo(200);
    ended.join();
  }

  @Test
  void aNodeThatIsNotReadySaysWhatItWaitsFor() {
    try (SteeredNode starting =
        SteeredNode.start(
            HttpConfig.DEFAULTS.withPort(0), new ToldHealth(List.of("joining the cluster"), 0))) {
      ApiClient nobody = new ApiClient(starting.baseUrl(), null);
      ApiClient.Reply ready = nobody.get("/health/ready").expect(503);
      assertThat(ready.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(ready.body().getJsonArray("reasons")).containsExactly("joining the cluster");
      nobody.get("/health/live").expect(200);
    }
  }

  /** Says what it is told to; ready if there is no reason against. */
  record ToldHealth(List<String> reasons, int clusterSize) implements Health {
    static final ToldHealth READY = new ToldHealth(List.of(), 1);

    @Override
    public boolean outOfService() {
      return false;
    }

    @Override
    public boolean ready() {
      return reasons.isEmpty();
    }

    @Override
    public int replicasMissing() {
      return 0;
    }

    @Override
    public String version() {
      return "test";
    }
  }

  private void expectBare500() {
    RawConnection connection = connect();
    for (int i = 0; i < 2; i++) {
      Reply reply = connection.send("POST", "/v1/memory/recall", node.rootKey(), ASK);
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.json().getString("code")).isEqualTo("INTERNAL_ERROR");
      assertThat(reply.toString()).doesNotContain("secret");
    }
  }

  /** Takes all places with recalls that wait. */
  private List<RawConnection> fill() {
    List<RawConnection> busy = new ArrayList<>();
    for (int i = 0; i < MAX_IN_FLIGHT; i++) {
      RawConnection connection = connect();
      String head = connection.head("POST", "/v1/memory/recall", node.rootKey()).toString();
      connection.write(
          (head + "Content-Length: " + ASK.length + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      connection.write(ASK);
      busy.add(connection);
    }
    await().untilAsserted(() -> assertThat(waiting).hasSize(MAX_IN_FLIGHT));
    return busy;
  }

  private RawConnection connect() {
    RawConnection connection = new RawConnection(node.baseUrl());
    connections.add(connection);
    return connection;
  }
}
