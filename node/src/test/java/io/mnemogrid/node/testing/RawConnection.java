package io.mnemogrid.node.testing;

import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection, byte by byte: it sends what no proper client would, never connects anew
 * by itself, and so shows whether a connection can be used again.
 */
public final class RawConnection implements AutoCloseable {
  private static final int PATIENCE_MS = 60_000;
  private final Socket socket;
  private final InputStream in;
  private final String host;

  public RawConnection(URI baseUrl) {
    try {
      this.host = baseUrl.getHost() + ":" + baseUrl.getPort();
      this.socket = new Socket(baseUrl.getHost(), baseUrl.getPort());
      socket.setSoTimeout(PATIENCE_MS);
      socket.setTcpNoDelay(true);
      this.in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An answer; header names in lower case. */
  public record Reply(int status, Map<String, String> headers, String body) {
    public JsonObject json() {
      return new JsonObject(body);
    }

    @Override
    public String toString() {
      return status + " " + body;
    }
  }

  /** Sends a whole request with a {@code Content-Length}. */
  public Reply send(String method, String path, @Nullable String key, byte[] body) {
    return send(method, path, key, Map.of("Content-Type", "application/json"), body);
  }

  public Reply send(
      String method, String path, @Nullable String key, Map<String, String> headers, byte[] body) {
    StringBuilder head = head(method, path, key);
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    write(head.toString().getBytes(StandardCharsets.UTF_8));
    write(body);
    return read(!method.equals("HEAD"));
  }

  /** The request line and the headers that every request has; without the empty line. */
  public StringBuilder head(String method, String path, @Nullable String key) {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(host);
    head.append("\r\n");
    if (key != null) {
      head.append("Authorization: Bearer ").append(key).append("\r\n");
    }
    return head;
  }

  public void write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one answer with a {@code Content-Length}. */
  public Reply read() {
    return read(true);
  }

  private Reply read(boolean hasBody) {
    try {
      String status = line();
      Map<String, String> headers = new LinkedHashMap<>();
      for (String line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      int length = hasBody ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
      String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
      return new Reply(Integer.parseInt(status.substring(9, 12)), headers, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection was closed");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
