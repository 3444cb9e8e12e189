package io.mnemogrid.node.model;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What futures make of the failure of that which they wait for. */
public final class Failures {
  private Failures() {}

  /** The failure itself: futures hand on what fails them in wrappings of their own. */
  public static Throwable unwrapped(Throwable failure) {
    Throwable own = failure;
    Throwable within = own.getCause();
    while ((own instanceof CompletionException || own instanceof ExecutionException)
        && within != null) {
      own = within;
      within = own.getCause();
    }
    return own;
  }
}
