package io.mnemogrid.node.config;

import java.util.regex.Pattern;

/** The spelling of host names and addresses; whether they exist is for the network to say. */
final class Hosts {
  private static final int NAME_CHARS_MAX = 253;
  private static final Pattern NAME_OR_V4 =
      Pattern.compile("[a-zA-Z0-9_]([a-zA-Z0-9_.-]*[a-zA-Z0-9_])?");
  private static final Pattern V6 =
      Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%[a-zA-Z0-9]+)?");

  private Hosts() {}

  static boolean isValid(String host) {
    return host.length() <= NAME_CHARS_MAX
        && (NAME_OR_V4.matcher(host).matches() || V6.matcher(host).matches());
  }
}
