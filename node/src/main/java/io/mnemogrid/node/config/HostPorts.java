package io.mnemogrid.node.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists of addresses as an operator writes them: {@code a:5701,b:5701,[::1]:5701}. */
final class HostPorts {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[([^\\[\\]]+)]|([^\\[\\]:]+))(?::([0-9]{1,5}))?");

  private HostPorts() {}

  /** Empty when any of them is malformed; an empty text is an empty list. */
  static Optional<List<HostPort>> parse(String text, int defaultPort) {
    List<HostPort> addresses = new ArrayList<>();
    for (String one : text.isBlank() ? new String[0] : text.split(",", -1)) {
      Matcher address = ADDRESS.matcher(one.strip());
      if (!address.matches()) {
        return Optional.empty();
      }
      String host = address.group(1) != null ? address.group(1) : address.group(2);
      int port = address.group(3) == null ? defaultPort : Integer.parseInt(address.group(3));
      if (!Hosts.isValid(host) || port < 1 || port > 65_535) {
        return Optional.empty();
      }
      addresses.add(new HostPort(host, port));
    }
    return Optional.of(addresses);
  }
}
