package io.mnemogrid.node.grid.read;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How long the stages of one recall took. They follow one another, whatever thread they are on. */
public final class Stages {
  private final Map<String, Long> micros = new LinkedHashMap<>();
  private final long began = System.nanoTime();
  private long stageBegan = began;

  /** The stage since the last call is over; one that comes again is added up. */
  synchronized void end(String stage) {
    long now = System.nanoTime();
    micros.merge(stage, TimeUnit.NANOSECONDS.toMicros(now - stageBegan), Long::sum);
    stageBegan = now;
  }

  synchronized Map<String, Long> micros() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(micros));
  }

  long totalMicros() {
    return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
  }
}
