package io.mnemogrid.node.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Has all tests wait longer for what must come than any slow machine needs: only a hang is cut. */
public final class PatientWaits implements BeforeAllCallback {
  /** After so long a test hangs; nothing is measured by it. */
  public static final Duration HANG = Duration.ofMinutes(20);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(HANG);
  }
}
