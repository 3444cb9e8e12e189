package io.mnemogrid.perf;

import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;

/**
 * Requests that were timed one by one.
 *
 * @param clients that asked at the same time
 * @param seconds from the first request to the last answer
 */
public record Timing(int clients, int requests, Latencies latencies, double seconds) {

  /**
   * Makes the requests {@code 0..requests-1}, each once, by so many clients.
   *
   * @param then what becomes of an answer; in the clients' threads, and in no request's time
   */
  public static <T> Timing of(
      int clients, int requests, IntFunction<T> request, ObjIntConsumer<T> then) {
    var latencies = new Latencies(requests);
    double seconds =
        Crew.seconds(
            clients,
            requests,
            i -> {
              long start = System.nanoTime();
              T answer = request.apply(i);
              latencies.took(i, System.nanoTime() - start);
              then.accept(answer, i);
            });
    return new Timing(clients, requests, latencies, seconds);
  }

  /** Milliseconds of the half and of all but a hundredth, and the rate of all clients together. */
  public void print(String what, Report report) {
    report.line(
        "  %-20s %d clients, %,6d requests: p50 %6.2f  p99 %6.2f  %,8.1f a second",
        what,
        clients,
        requests,
        latencies.millis(0.50),
        latencies.millis(0.99),
        requests / seconds);
  }
}
