package io.mnemogrid.node.process;

import io.mnemogrid.node.history.Operation;
import io.mnemogrid.node.history.Outcome;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client that tries again as SDKs do: three tries in all, after a connection that broke, a try
 * without answer, 429 and 5xx, each after the pause that the answer asks for, or one that doubles.
 * The next try goes to another member, as through a balancer. Of one thread.
 */
final class SdkClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final int TRIES = 3;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
  private static final long FIRST_PAUSE_MS = 250;
  private static final int THINKING_MS = 50;
  private static final int NO_ANSWER = 0;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;
  private static final String OUTCOME_UNKNOWN = "whether the write was done is not known";

  private final FaultyCluster cluster;
  private final SplittableRandom random;
  private final Consumer<String> failures;

  /**
   * @param failures is told of each request that had no answer at the last try
   */
  SdkClient(FaultyCluster cluster, SplittableRandom random, Consumer<String> failures) {
    this.cluster = cluster;
    this.random = random;
    this.failures = failures;
  }

  /** A name for a request that no other has. */
  String drawKey() {
    return Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
  }

  SplittableRandom random() {
    return random;
  }

  /** Does nothing for a while: a load without it would leave no processor to who starts. */
  void think() {
    pause(random.nextInt(THINKING_MS));
  }

  /** What is asked for; the key of the API is the root key unless another is given. */
  record Request(
      String method,
      String path,
      @Nullable JsonObject body,
      Map<String, String> headers,
      String apiKey) {
    static Request get(String path) {
      return new Request("GET", path, null, Map.of(), NodeProcess.ROOT_KEY);
    }

    static Request post(String path, JsonObject body) {
      return new Request("POST", path, body, Map.of(), NodeProcess.ROOT_KEY);
    }

    Request with(String name, String value) {
      Map<String, String> more = new HashMap<>(headers);
      more.put(name, value);
      return new Request(method, path, body, Map.copyOf(more), apiKey);
    }

    Request withKey(String other) {
      return new Request(method, path, body, headers, other);
    }
  }

  /**
   * What became of it.
   *
   * @param status of the last answer, or 0 if there was none
   * @param text of the last answer, or what went wrong instead
   * @param member that was asked last
   * @param mayBeDone whether a try without a success may have done it all the same
   * @param invokedNanos when the first try was sent
   * @param triedNanos when the last one was
   */
  record Reply(
      int status,
      String text,
      String etag,
      FaultyCluster.Member member,
      boolean mayBeDone,
      long invokedNanos,
      long triedNanos,
      long returnedNanos) {
    /** Whether the last try was answered with what it is about, and not with a failure. */
    boolean answered() {
      return status != 0 && !isWorthAnotherTry(status);
    }

    /** What a client knows that asked for something to be done. */
    Outcome outcome() {
      if (status / 100 == 2) {
        return Outcome.OK;
      }
      return mayBeDone ? Outcome.UNKNOWN : Outcome.REFUSED;
    }

    JsonObject json() {
      return new JsonObject(text);
    }

    /** This as a read that showed this content, if it was answered. */
    Operation read(String key, String content) {
      return new Operation(
          Operation.Kind.READ,
          key,
          content,
          member.name(),
          triedNanos,
          returnedNanos,
          answered() ? Outcome.OK : Outcome.UNKNOWN);
    }

    /** This as a read that showed nothing that counts. */
    Operation unanswered(String key) {
      return new Operation(
          Operation.Kind.READ,
          key,
          Operation.ABSENT,
          member.name(),
          triedNanos,
          returnedNanos,
          Outcome.UNKNOWN);
    }

    /** This as an operation that changes something. */
    Operation change(Operation.Kind kind, String key, String content, Outcome outcome) {
      return new Operation(kind, key, content, member.name(), invokedNanos, returnedNanos, outcome);
    }
  }

  /** One try. */
  private record Try(int status, String text, String etag, long pauseMs, boolean mayBeDone) {}

  /**
   * Sends it.
   *
   * @param not the member that is not asked first, or null if it may be any
   */
  Reply send(Request request, FaultyCluster.@Nullable Member not) {
    long invokedNanos = System.nanoTime();
    FaultyCluster.Member asked = another(not);
    long triedNanos = invokedNanos;
    Try last = tryOnce(request, asked, 0);
    boolean mayBeDone = last.mayBeDone();
    for (int tries = 1; tries < TRIES && isWorthAnotherTry(last.status()); tries++) {
      pause(last.pauseMs());
      asked = another(asked);
      triedNanos = System.nanoTime();
      last = tryOnce(request, asked, tries);
      mayBeDone |= last.mayBeDone();
    }
    long returnedNanos = System.nanoTime();
    if (isWorthAnotherTry(last.status())) {
      failures.accept(
          "%s %s at %s after %d ms: %d %s"
              .formatted(
                  request.method(),
                  request.path(),
                  asked.name(),
                  TimeUnit.NANOSECONDS.toMillis(returnedNanos - invokedNanos),
                  last.status(),
                  last.text()));
    }
    return new Reply(
        last.status(),
        last.text(),
        last.etag(),
        asked,
        mayBeDone,
        invokedNanos,
        triedNanos,
        returnedNanos);
  }

  private static boolean isWorthAnotherTry(int status) {
    return status == NO_ANSWER || status == TOO_MANY || status >= SERVER_ERROR;
  }

  private FaultyCluster.Member another(FaultyCluster.@Nullable Member not) {
    List<FaultyCluster.Member> others =
        cluster.serving().stream().filter(member -> member != not).toList();
    return others.get(random.nextInt(others.size()));
  }

  private Try tryOnce(Request request, FaultyCluster.Member member, int triedBefore) {
    long pauseMs = FIRST_PAUSE_MS << triedBefore;
    try {
      HttpResponse<String> response = HTTP.send(http(request, member), BodyHandlers.ofString());
      int status = response.statusCode();
      if (status == SERVER_ERROR) {
        throw new AssertionError(
            "a bug: %s answered %s %s with %s"
                .formatted(member.name(), request.method(), request.path(), response.body()));
      }
      long asked = response.headers().firstValueAsLong("Retry-After").orElse(0);
      return new Try(
          status,
          response.body(),
          response.headers().firstValue("ETag").orElse(""),
          asked > 0 ? TimeUnit.SECONDS.toMillis(asked) : pauseMs,
          status > SERVER_ERROR && response.body().contains(OUTCOME_UNKNOWN));
    } catch (ConnectException e) {
      return new Try(NO_ANSWER, String.valueOf(e), "", pauseMs, false);
    } catch (IOException e) {
      return new Try(NO_ANSWER, String.valueOf(e), "", pauseMs, true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest http(Request request, FaultyCluster.Member member) {
    var body = request.body();
    HttpRequest.Builder http =
        HttpRequest.newBuilder(member.address().resolve(request.path()))
            .timeout(ANSWER_WITHIN)
            .method(
                request.method(),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()))
            .header("Authorization", "Bearer " + request.apiKey());
    request.headers().forEach(http::header);
    return http.build();
  }

  /** What the client is asked to do, not a wait for the cluster. */
  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
