package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.access.Action;
import io.mnemogrid.node.model.Space;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The document and the router are one: neither has a route that the other lacks. */
class ApiDocumentTest {
  private static final OperationHandler HANDLER =
      _ -> CompletableFuture.completedStage(Answer.ok(new JsonObject()));
  private static final String WELL_DESCRIBED =
      """
      openapi: 3.1.0
      paths:
        /v1/things/{namespace}:
          parameters:
            - {name: namespace, in: path, required: true, schema: {type: string, maxLength: 9}}
          put:
            operationId: putThing
            x-action: NAMESPACE_CREATE
            x-namespace: path.namespace
            requestBody:
              content:
                application/json:
                  schema: {type: object, properties: {size: {type: integer, minimum: 1, maximum: 5}}}
      """;

  private static Vertx vertx;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void theDocumentIsOpenApi31ForAnotherReaderToo() {
    OpenAPIContract contract =
        OpenAPIContract.from(vertx, new JsonObject(ApiDocument.load().content()))
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    Set<String> theirs =
        contract.operations().stream().map(o -> o.getOperationId()).collect(Collectors.toSet());
    Set<String> ours =
        ApiDocument.load().operations().stream().map(Operation::id).collect(Collectors.toSet());
    assertThat(ours).isEqualTo(theirs);
    assertThat(contract.getVersion().toString()).isEqualTo("V3_1");
  }

  @Test
  void vectorsAreOfAsManyNumbersAsASpaceMayHave() {
    JsonObject schemas =
        new JsonObject(ApiDocument.load().content())
            .getJsonObject("components")
            .getJsonObject("schemas");
    assertThat(schemas.getJsonObject("Dimension").getInteger("maximum"))
        .isEqualTo(schemas.getJsonObject("Embedding").getInteger("maxItems"))
        .isEqualTo(Space.MAX_DIMENSION);
  }

  @Test
  void everyRouteIsInTheDocumentAndEveryOperationInTheRouter() {
    ApiDocument document = ApiDocument.load();
    Set<String> described = new TreeSet<>();
    Stream.concat(
            document.operations().stream(), document.notBuilt().stream().map(NotBuilt::operation))
        .forEach(operation ->
            operation.paths().forEach(path -> described.addAll(served(operation.method(), path))));
    Set<String> routed =
        router(document, handlersFor(document)).getRoutes().stream()
            .filter(route -> route.methods() != null)
            .flatMap(ApiDocumentTest::named)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(routed).isEqualTo(described);
  }

  @Test
  void onlyHealthAndTheDocumentAreOpen() {
    Set<String> open =
        ApiDocument.load().operations().stream()
            .filter(operation -> operation.action() == null)
            .map(Operation::id)
            .collect(Collectors.toSet());
    assertThat(open).containsExactlyInAnyOrder("health", "live", "ready", "document");
  }

  @Test
  void everyActionIsOfSomeUse() {
    Set<Action> used =
        ApiDocument.load().operations().stream()
            .map(Operation::action)
            .filter(action -> action != null)
            .collect(Collectors.toSet());
    assertThat(used).containsExactlyInAnyOrder(Action.values());
  }

  @Test
  void aWellDescribedOperationLoads() {
    assertThat(ApiDocument.parse(WELL_DESCRIBED).operations()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x-action: NAMESPACE_CREATE | x-other: NAMESPACE_CREATE | names no x-action",
        "x-action: NAMESPACE_CREATE | x-action: FLY | unknown x-action FLY",
        "x-action: NAMESPACE_CREATE | x-open: true | is on no namespace",
        "x-namespace: path.namespace | x-other: x | has no x-namespace",
        "x-namespace: path.namespace | x-namespace: path.other | no path parameter other",
        "x-namespace: path.namespace | x-namespace: somewhere | x-namespace is",
        "x-action: NAMESPACE_CREATE | x-action: WHO_AM_I | is on no namespace",
        "operationId: putThing | operationTitle: putThing | has no operationId",
        "type: integer, | type: integer, multipleOf: 3, | schema word multipleOf",
        "type: integer, | description: x, | names its type",
        "minimum: 1, | description: x, | an integer has minimum and maximum",
        ", maxLength: 9 | , minLength: 1 | a text has maxLength",
        "type: integer, | type: array, | an array has maxItems",
        "name: namespace, | name: other, | in its path",
        "type: integer, | $ref: '#/nowhere', | nothing is at #/nowhere",
        "application/json | text/plain | another type",
      })
  void aDocumentThatLeavesAnythingOpenDoesNotLoad(String good, String bad, String says) {
    String document = WELL_DESCRIBED.replace(good, bad);
    assertThat(document).isNotEqualTo(WELL_DESCRIBED);
    assertThatThrownBy(() -> ApiDocument.parse(document))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PUT /v1/things/{namespace}")
        .hasMessageContaining(says);
  }

  @Test
  void whatIsBuiltCannotBeSaidNotToBe() {
    String table =
        """
        x-not-built:
          levitation: ['%s']
        """;
    assertThat(ApiDocument.parse(WELL_DESCRIBED + table.formatted("GET /v1/things/{x}")).notBuilt())
        .hasSize(1);
    assertThatThrownBy(() -> ApiDocument.parse(WELL_DESCRIBED + table.formatted("/v1/things/{x}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PUT /v1/things/{} is built");
  }

  @Test
  void anOperationWithoutAHandlerStopsTheStart() {
    ApiDocument document = ApiDocument.load();
    Map<String, OperationHandler> handlers = handlersFor(document);
    handlers.remove("recall");
    assertThatThrownBy(() -> router(document, handlers))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("operations without a handler: [recall]");
  }

  @Test
  void aHandlerWithoutAnOperationStopsTheStart() {
    ApiDocument document = ApiDocument.load();
    Map<String, OperationHandler> handlers = handlersFor(document);
    handlers.put("levitate", HANDLER);
    assertThatThrownBy(() -> router(document, handlers))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("handlers without an operation: [levitate]");
  }

  private static Map<String, OperationHandler> handlersFor(ApiDocument document) {
    Map<String, OperationHandler> handlers = new HashMap<>();
    document.operations().forEach(operation -> handlers.put(operation.id(), HANDLER));
    return handlers;
  }

  /** Nothing is served here, so nothing of the desk is used. */
  @SuppressWarnings("NullAway")
  private static Router router(ApiDocument document, Map<String, OperationHandler> handlers) {
    return ApiRouter.build(
        vertx, document, handlers, new OperationRoute.Desk(null, null, null, null, null));
  }

  private static Stream<String> named(Route route) {
    return route.methods().stream().map(method -> method + " " + route.getPath());
  }

  /** What can be read can be asked for its headers alone. */
  private static Set<String> served(HttpMethod method, String path) {
    String place = " " + ApiRouter.template(path).replace("*", "");
    return method.equals(HttpMethod.GET)
        ? Set.of(method + place, HttpMethod.HEAD + place)
        : Set.of(method + place);
  }
}
