package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.config.HttpConfig;
import io.mnemogrid.node.testing.NodeUnderTest;
import io.mnemogrid.node.testing.RawConnection;
import io.mnemogrid.node.testing.RawConnection.Reply;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes over a connection before any field is looked at. */
class TransportTest {
  private static final int MAX_BODY = 64 << 10;
  private static final String STORE = "/v1/memory/store";
  private static final ResponseContract CONTRACT = new ResponseContract();
  private static NodeUnderTest node;
  private RawConnection connection;

  @BeforeAll
  static void start() {
    node =
        NodeUnderTest.start(
            new HttpConfig(
                "127.0.0.1",
                0,
                2,
                MAX_BODY,
                4 * MAX_BODY,
                HttpConfig.DEFAULTS.maxAnswerBytes(),
                64,
                Duration.ofSeconds(60),
                Duration.ofMillis(400)));
    ApiClient.root(node).post("/v1/namespaces", new JsonObject().put("name", "here")).expect(201);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void connect() {
    connection = new RawConnection(node.baseUrl());
  }

  @AfterEach
  void goOn() {
    connection.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{                                | it ends too early (line 1, column 2)",
        "{\"a\":1,}                       | line 1, column 8",
        "{\"a\":1} x                      | line 1",
        "{\"a\":01}                       | line 1, column 7",
        "{\"a\":NaN}                      | a character stands where JSON has none of its kind (line 1, column 9)",
        "{\"a\":-Infinity}                | line 1",
        "{\"a\":1e999}                    | a number is too large",
        "{\"a\":\"\\ud800\"}              | half of a surrogate pair",
        "{\"a\":1,\"a\":2}                | two fields of the same name",
        "{\"a\" 1}                        | line 1, column 6",
        "'a'                              | line 1, column 1",
        "]                                | line 1, column 1",
        "tru                              | line 1",
      })
  void malformedJsonIsRefusedSayingWhere(String body, String where) {
    Reply reply = post(STORE, body);
    refused(reply, 400, "INVALID_REQUEST");
    assertThat(reply.json().getString("error")).isEqualTo("the body is not valid JSON");
    assertThat(reply.json().getString("details"))
        .contains(where)
        .doesNotContainIgnoringCase("token", "parser", "jackson", "feature", "stream");
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 1_000, 30_000})
  void deepJsonIsRefusedWithoutBeingBuilt(int depth) {
    for (String open : new String[] {"[", "{\"a\":"}) {
      String deep = open.repeat(depth);
      Reply reply = post(STORE, deep.substring(0, Math.min(deep.length(), MAX_BODY)));
      refused(reply, 400, "INVALID_REQUEST");
      assertThat(reply.json().getString("details")).contains("deeper than 32 levels");
    }
  }

  @Test
  void thirtyTwoLevelsAreTaken() {
    String metadata = "{\"a\":".repeat(30) + "{}" + "}".repeat(30);
    Reply reply =
        post(STORE, "{\"namespace\":\"here\",\"content\":\"x\",\"metadata\":" + metadata + "}");
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    byte[] body = "{\"namespace\":\"here\",\"content\":\"xx\"}".getBytes(StandardCharsets.UTF_8);
    body[body.length - 4] = (byte) 0xC3;
    Reply reply = connection.send("POST", STORE, node.rootKey(), body);
    refused(reply, 400, "INVALID_REQUEST");
    assertThat(reply.json().getString("error")).isEqualTo("the body is not UTF-8");
    refused(
        connection.send("POST", STORE, node.rootKey(), "{}".getBytes(StandardCharsets.UTF_16)),
        400,
        "INVALID_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, MAX_BODY, 2 * MAX_BODY})
  void aBodyOverTheLimitIsRefusedAndTheConnectionGoesOn(int over) {
    byte[] body = new byte[MAX_BODY + over];
    Arrays.fill(body, (byte) ' ');
    refused(connection.send("POST", STORE, node.rootKey(), body), 413, "PAYLOAD_TOO_LARGE");
  }

  @Test
  void aBodyAtTheLimitIsTaken() {
    byte[] body = new byte[MAX_BODY];
    Arrays.fill(body, (byte) ' ');
    byte[] json = "{\"namespace\":\"here\",\"content\":\"x\"}".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(json, 0, body, 0, json.length);
    assertThat(connection.send("POST", STORE, node.rootKey(), body).status()).isEqualTo(200);
  }

  @Test
  void aChunkedBodyOverTheLimitIsRefusedAndTheConnectionGoesOn() {
    connection.write(
        connection
            .head("POST", STORE, node.rootKey())
            .append("Transfer-Encoding: chunked\r\n\r\n")
            .toString()
            .getBytes(StandardCharsets.UTF_8));
    byte[] chunk = new byte[8 << 10];
    Arrays.fill(chunk, (byte) ' ');
    for (int sent = 0; sent < 2 * MAX_BODY; sent += chunk.length) {
      connection.write(
          (Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
      connection.write(chunk);
      connection.write("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    connection.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    refused(connection.read(), 413, "PAYLOAD_TOO_LARGE");
  }

  @Test
  void aChunkedBodyIsTaken() {
    connection.write(
        (connection.head("POST", STORE, node.rootKey())
                + "Transfer-Encoding: chunked\r\n\r\n"
                + "14\r\n{\"namespace\":\"here\",\r\ne\r\n\"content\":\"x\"}\r\n0\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    assertThat(connection.read().status()).isEqualTo(200);
    stillUsable();
  }

  @Test
  void aClientThatWaitsForContinueIsToldTo() {
    byte[] body = "{\"namespace\":\"here\",\"content\":\"x\"}".getBytes(StandardCharsets.UTF_8);
    connection.write(
        (connection.head("POST", STORE, node.rootKey())
                + "Expect: 100-continue\r\nContent-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    assertThat(connection.read().status()).isEqualTo(100);
    connection.write(body);
    assertThat(connection.read().status()).isEqualTo(200);
    stillUsable();
  }

  @Test
  void aBodyThatDoesNotComeIsGivenUp() {
    connection.write(
        (connection.head("POST", STORE, node.rootKey()) + "Content-Length: 50\r\n\r\n{")
            .getBytes(StandardCharsets.UTF_8));
    Reply reply = connection.read();
    assertThat(reply.status()).as("%s", reply).isEqualTo(408);
    assertThat(reply.json().getString("code")).isEqualTo("REQUEST_TIMEOUT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonx",
        "application/json; charset=iso-8859-1",
        "nonsense"
      })
  void anotherContentTypeIsRefused(String type) {
    refused(
        connection.send("POST", STORE, node.rootKey(), Map.of("Content-Type", type), bytes("{}")),
        415,
        "UNSUPPORTED_MEDIA_TYPE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br"})
  void aCompressedBodyIsRefused(String coding) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes("{\"namespace\":\"here\",\"content\":\"x\"}"));
    }
    Map<String, String> headers =
        Map.of("Content-Type", "application/json", "Content-Encoding", coding);
    Reply reply = connection.send("POST", STORE, node.rootKey(), headers, compressed.toByteArray());
    refused(reply, 415, "UNSUPPORTED_MEDIA_TYPE");
    assertThat(reply.json().getString("details")).startsWith("Content-Encoding must be left out");
  }

  @Test
  void aBodyThatIsNotThereIsOfNoType() {
    Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded");
    String here = "/v1/namespaces/here";
    assertThat(connection.send("PUT", here, node.rootKey(), form, bytes("")).status())
        .isEqualTo(200);
    Reply reply = connection.send("POST", STORE, node.rootKey(), form, bytes(""));
    refused(reply, 400, "INVALID_REQUEST");
    assertThat(reply.json().getString("error")).isEqualTo("the body is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "Application/JSON; charset=UTF-8", "application/json;q=1"})
  void jsonIsTaken(String type) {
    byte[] body = bytes("{\"namespace\":\"here\",\"content\":\"x\"}");
    assertThat(
            connection
                .send("POST", STORE, node.rootKey(), Map.of("Content-Type", type), body)
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v2/memory/store",
        "/v1/memory",
        "/v1/memory/store/x",
        "/v1/namespaces/../../etc/passwd",
        "/v1/namespaces/%2e%2e",
        "//",
        "/admin",
        "/v1/memory/store;x=1"
      })
  void anUnknownPathIs404(String path) {
    refused(connection.send("GET", path, node.rootKey(), bytes("")), 404, "NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/memory/store, POST",
    "PUT, /v1/memories/store/batch, POST",
    "POST, /health, 'GET, HEAD'",
    "TRACE, /v1/namespaces, 'GET, HEAD, POST'",
    "BREW, /v1/namespaces/x, 'DELETE, GET, HEAD, PUT'",
    "PATCH, /v1/admin/keys, 'GET, HEAD, POST'",
  })
  void aWrongMethodIs405(String method, String path, String allowed) {
    Reply reply = connection.send(method, path, node.rootKey(), bytes(""));
    refused(reply, 405, "METHOD_NOT_ALLOWED");
    assertThat(reply.headers()).containsEntry("allow", allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "%zz",
        "%c3%28",
        "a%00b",
        "a%0ab",
        "a%2fb",
        "a%20b",
        "-a",
        "a..b",
        "%2e%2e%2f",
        "%F0%9F%98%80",
        "_x",
        "_dakera_agent__dakera_agent_x",
        "*",
        "a*"
      })
  void aNameInThePathThatIsNoneIsRefused(String name) {
    Reply reply = connection.send("GET", "/v1/namespaces/" + name, node.rootKey(), bytes(""));
    assertThat(reply.status()).as("%s", reply).isIn(400, 404);
    assertThat(reply.json().getString("code")).isIn("INVALID_REQUEST", "NOT_FOUND");
    stillUsable();
  }

  @ParameterizedTest
  @CsvSource({"GET,/v1/namespaces?x=%zz", "POST,/v1/memory/recall?%", "GET,/admin/keys?%c"})
  void aMalformedQueryOfTheAddressIsRefused(String method, String path) {
    Reply reply = connection.send(method, path, node.rootKey(), bytes("{}"));
    refused(reply, 400, "INVALID_REQUEST");
    connection.close();
    connect();
  }

  @Test
  void anOverLongUriOrHeaderGetsAnErrorBody() {
    connection.write(bytes(connection.head("GET", "/v1/" + "a".repeat(20_000), null) + "\r\n"));
    Reply reply = connection.read();
    assertThat(reply.status()).isEqualTo(414);
    assertThat(reply.json().getString("code")).isEqualTo("URI_TOO_LONG");
    connection.close();
    connect();
    connection.write(bytes(connection.head("GET", "/health", "k".repeat(40_000)) + "\r\n"));
    reply = connection.read();
    assertThat(reply.status()).isEqualTo(431);
    assertThat(reply.json().getString("code")).isEqualTo("HEADERS_TOO_LARGE");
  }

  @Test
  void whatIsNotHttpGetsAnErrorBody() {
    connection.write(bytes("this is not HTTP\r\n\r\n"));
    Reply reply = connection.read();
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().getString("request_id")).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: abc",
        "Content-Length: -5",
        "Content-Length: 1\r\nContent-Length: 2",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: gzip, chunked, nonsense",
        "No-Colon",
        "Bad Name: x"
      })
  void badFramingIsRefused(String header) {
    String head = connection.head("POST", STORE, node.rootKey()).append(header).toString();
    connection.write(bytes(head + "\r\n\r\n"));
    Reply reply = connection.read();
    assertThat(reply.status()).as("%s", reply).isBetween(400, 499);
    assertThat(reply.json().getString("code")).isNotBlank();
  }

  @Test
  void aCallerWithoutAKeyLearnsNothingOfTheBody() {
    refused(connection.send("POST", STORE, null, bytes("{")), 401, "AUTHENTICATION_REQUIRED");
    refused(connection.send("POST", STORE, "wrong", bytes("{")), 401, "INVALID_API_KEY");
    refused(
        connection.send("POST", STORE, null, new byte[2 * MAX_BODY]),
        401,
        "AUTHENTICATION_REQUIRED");
  }

  @Test
  void aConditionIsRefusedRatherThanIgnored() {
    for (String header : List.of("If-Match", "If-None-Match")) {
      byte[] body = bytes("{\"name\":\"made-under-a-condition\"}");
      Reply reply =
          connection.send("POST", "/v1/namespaces", node.rootKey(), Map.of(header, "*"), body);
      refused(reply, 400, "INVALID_REQUEST");
      assertThat(reply.json().getString("details")).startsWith(header + " means nothing here");
    }
    String made = "/v1/namespaces/made-under-a-condition";
    refused(connection.send("GET", made, node.rootKey(), bytes("")), 404, "NAMESPACE_NOT_FOUND");
    byte[] all = bytes("{\"namespace\":\"here\",\"session_id\":\"s\"}");
    Map<String, String> again = Map.of("Idempotency-Key", "a");
    refused(
        connection.send("POST", "/v1/memory/forget", node.rootKey(), again, all),
        400,
        "INVALID_REQUEST");
  }

  @Test
  void whatIsMadeOnceAnywayTakesAnIdempotencyKey() {
    Map<String, String> again = Map.of("Idempotency-Key", "a");
    byte[] body = bytes("{\"name\":\"made-once\"}");
    for (int status : new int[] {201, 200}) {
      Reply reply = connection.send("POST", "/v1/namespaces", node.rootKey(), again, body);
      assertThat(reply.status()).as("%s", reply).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @CsvSource({"/health, 200", "/v1/namespaces/here, 200", "/v1/namespaces/nowhere, 404"})
  void headIsGetWithoutTheBody(String path, int status) {
    Reply get = connection.send("GET", path, node.rootKey(), bytes(""));
    Reply head = connection.send("HEAD", path, node.rootKey(), bytes(""));
    assertThat(head.status()).isEqualTo(get.status()).isEqualTo(status);
    assertThat(head.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("content-length", get.headers().get("content-length"));
    stillUsable();
  }

  @Test
  void whatCannotBeReadHasNoHeadEither() {
    Reply reply = connection.send("HEAD", STORE, node.rootKey(), bytes(""));
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.headers()).containsEntry("allow", "POST");
    stillUsable();
  }

  private Reply post(String path, @Nullable String body) {
    return connection.send("POST", path, node.rootKey(), bytes(body == null ? "" : body));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void refused(Reply reply, int status, String code) {
    assertThat(reply.json().getString("details")).as("%s", reply).isNotBlank();
    assertThat(reply.status()).as("%s", reply).isEqualTo(status);
    assertThat(reply.json().getString("code")).as("%s", reply).isEqualTo(code);
    assertThat(reply.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("x-request-id", reply.json().getString("request_id"));
    CONTRACT.check("GET", "/none", status, reply.json());
    stillUsable();
  }

  private void stillUsable() {
    assertThat(connection.send("GET", "/v1/auth/whoami", node.rootKey(), bytes("")).status())
        .as("the same connection goes on")
        .isEqualTo(200);
  }
}
