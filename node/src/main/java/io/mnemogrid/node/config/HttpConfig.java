package io.mnemogrid.node.config;

import java.time.Duration;

/**
 * How the HTTP endpoint listens, and what it takes at most.
 *
 * @param host address to bind
 * @param port 0 picks a free one
 * @param eventLoops threads that only read, route and write
 * @param maxBodyBytes of one request; what is over it gets 413
 * @param maxBufferedBytes of all request bodies under way on this node; over it, 429
 * @param maxAnswerBytes of the memories that a read answers with, about; what is over it gets 413
 * @param maxInFlight requests under way on this node; over it, 429
 * @param idleTimeout after which a silent connection is closed
 * @param bodyTimeout within which a request's body must have come
 */
public record HttpConfig(
    String host,
    int port,
    int eventLoops,
    int maxBodyBytes,
    long maxBufferedBytes,
    int maxAnswerBytes,
    int maxInFlight,
    Duration idleTimeout,
    Duration bodyTimeout) {

  public static final HttpConfig DEFAULTS =
      new HttpConfig(
          "127.0.0.1",
          3300,
          2,
          16 << 20,
          128L << 20,
          32 << 20,
          1_024,
          Duration.ofSeconds(60),
          Duration.ofSeconds(30));

  public HttpConfig {
    var check = Violations.in("http");
    check.that(Hosts.isValid(host), "host", "must be a host name or an address, was \"%s\"", host);
    check.range("port", port, 0, 65_535);
    check.range("eventLoops", eventLoops, 1, 64);
    check.range("maxBodyBytes", maxBodyBytes, 1 << 10, 256 << 20);
    check.that(
        maxBufferedBytes >= maxBodyBytes,
        "maxBufferedBytes",
        "must be at least http.maxBodyBytes (%d), was %d",
        maxBodyBytes,
        maxBufferedBytes);
    check.range("maxAnswerBytes", maxAnswerBytes, 1 << 10, 1 << 30);
    check.range("maxInFlight", maxInFlight, 1, 100_000);
    check.range("idleTimeout", idleTimeout, Duration.ofSeconds(1), Duration.ofDays(1));
    check.range("bodyTimeout", bodyTimeout, Duration.ofMillis(100), Duration.ofHours(1));
    check.orThrow();
  }

  /** The same on another port. */
  public HttpConfig withPort(int newPort) {
    return new HttpConfig(
        host,
        newPort,
        eventLoops,
        maxBodyBytes,
        maxBufferedBytes,
        maxAnswerBytes,
        maxInFlight,
        idleTimeout,
        bodyTimeout);
  }
}
