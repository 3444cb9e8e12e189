package io.mnemogrid.node.config;

/**
 * Where something listens.
 *
 * @param host name or address; an IPv6 address without brackets
 * @param port 1..65535
 */
public record HostPort(String host, int port) {

  /** As it is written in settings: {@code host:port}, {@code [v6]:port}. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
