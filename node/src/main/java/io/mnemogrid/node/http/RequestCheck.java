package io.mnemogrid.node.http;

import io.mnemogrid.node.access.ApiKey;
import io.mnemogrid.node.access.Permit;
import io.mnemogrid.node.model.NamespaceName;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Holds requests to one operation of the document: parameters, body, and the right to do it. */
final class RequestCheck {
  private static final String NAMESPACE = "namespace";
  private static final String NAMESPACES = "namespaces";

  /** A namespace by the name of the agent whose it is. */
  static final String AGENT = "agent_id";

  private static final String MEMORY = "memory_id";

  private final Operation operation;

  RequestCheck(Operation operation) {
    this.operation = operation;
  }

  /**
   * A request that is well formed.
   *
   * @param permits none when the namespace is still to be found by the memory's id
   */
  record Checked(List<Permit> permits, Fields parameters, Fields body) {
    /** The memory whose namespace is to be found. */
    String memoryId() {
      String inPath = parameters.text(MEMORY);
      return inPath == null ? body.required(MEMORY) : inPath;
    }
  }

  /**
   * @throws RequestRefused if any is missing or not as the document has it
   */
  Fields parameters(Map<String, String> path, MultiMap query, MultiMap headers) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    Complaints complaints = new Complaints();
    for (Operation.Parameter parameter : operation.parameters()) {
      String name = parameter.name();
      List<String> given =
          switch (parameter.in()) {
            case PATH -> List.of(path.getOrDefault(name, ""));
            case QUERY -> query.getAll(name);
            case HEADER -> asOne(headers.getAll(name));
          };
      if (given.size() > 1) {
        complaints.add(name + " must be given once, was given %d times".formatted(given.size()));
      } else if (!given.isEmpty()) {
        parameter.schema().check(given.getFirst(), name, complaints);
        values.put(name, given.getFirst());
      } else if (parameter.required()) {
        complaints.add(name + " is required and must be " + parameter.schema().wanted());
      }
    }
    complaints.orThrow();
    return new Fields(values);
  }

  /** A header on several lines means the same as one with commas between. */
  private static List<String> asOne(List<String> lines) {
    return lines.isEmpty() ? lines : List.of(String.join(", ", lines));
  }

  /** Decides where the body need not be known; null where it must. */
  @Nullable Permit early(ApiKey key, Fields parameters) {
    var action = Objects.requireNonNull(operation.action());
    return switch (operation.namespace()) {
      case NamespaceSource.None _ -> Permit.require(key, action);
      case NamespaceSource.InPath(String name) ->
          Permit.require(key, action, parameters.required(name));
      case NamespaceSource.InBody _ -> null;
      case NamespaceSource.OfMemory _ -> {
        String named = theOne(named(parameters));
        yield named == null ? null : Permit.require(key, action, named);
      }
    };
  }

  /**
   * Refuses a body of another type than JSON, or of a coding; where there is none, nothing is said
   * about it.
   *
   * @throws RequestRefused with 415
   */
  void contentType(HttpServerRequest request) {
    if (operation.body() == null || !hasBody(request)) {
      return;
    }
    String coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (coding != null && !coding.equalsIgnoreCase("identity")) {
      throw unsupported(
          "this takes a body as it is",
          "Content-Encoding must be left out and the body sent uncompressed, was "
              + Shown.value(coding));
    }
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null) {
      return;
    }
    String plain = type.toLowerCase(Locale.ROOT).replace(" ", "");
    boolean json = plain.equals("application/json") || plain.startsWith("application/json;");
    int charset = plain.indexOf("charset=");
    boolean utf8 =
        charset < 0 || plain.substring(charset).replace("\"", "").startsWith("charset=utf-8");
    if (!json || !utf8) {
      throw unsupported(
          "this takes JSON",
          "Content-Type must be application/json in UTF-8, was " + Shown.value(type));
    }
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.strip().equals("0"));
  }

  private static RequestRefused unsupported(String error, String details) {
    return new RequestRefused(
        new Problem(415, "UNSUPPORTED_MEDIA_TYPE", error, details, null, null));
  }

  /**
   * Reads and checks the body, and decides over access as soon as it names the namespace, before
   * anything else of the body is looked at.
   */
  Checked body(ApiKey key, @Nullable Permit early, Fields parameters, Buffer text) {
    Schema schema = operation.body();
    if (schema == null) {
      return new Checked(listed(early), parameters, Fields.NONE);
    }
    Object body = isBlank(text) ? null : JsonText.parse(text.getBytes());
    if (body == null) {
      if (operation.bodyRequired()) {
        throw new RequestRefused(
            Problem.invalid("the body is missing", "the body must be an object, was empty"));
      }
      body = Map.of();
    }
    List<Permit> permits = early == null ? named(key, body, schema) : List.of(early);
    Complaints complaints = new Complaints();
    schema.check(body, "", complaints);
    complaints.orThrow();
    return new Checked(permits, parameters, Fields.of(body));
  }

  private static List<Permit> listed(@Nullable Permit permit) {
    return permit == null ? List.of() : List.of(permit);
  }

  private List<Permit> named(ApiKey key, Object body, Schema schema) {
    if (!(body instanceof Map<?, ?>)) {
      return List.of(); // the check of the whole body says so
    }
    Fields fields = Fields.of(body);
    var action = Objects.requireNonNull(operation.action());
    if (operation.namespace() instanceof NamespaceSource.InBody(String field)
        && !field.equals(NAMESPACE)) {
      checkField(schema, field, fields);
      return List.of(Permit.require(key, action, fields.required(field)));
    }
    if (schema.properties().containsKey(NAMESPACES) && fields.has(NAMESPACES)) {
      return several(key, fields, schema);
    }
    checkField(schema, NAMESPACE, fields);
    checkField(schema, AGENT, fields);
    String name = theOne(named(fields));
    if (name == null) {
      if (operation.namespace() instanceof NamespaceSource.OfMemory) {
        return List.of();
      }
      throw new RequestRefused(
          Problem.invalid(
              "the request names no namespace",
              "namespace or agent_id is required and must be "
                  + Objects.requireNonNull(schema.properties().get(NAMESPACE)).wanted()));
    }
    return List.of(Permit.require(key, action, name));
  }

  private List<Permit> several(ApiKey key, Fields fields, Schema schema) {
    checkField(schema, NAMESPACES, fields);
    if (fields.has(NAMESPACE) || fields.has(AGENT)) {
      throw new RequestRefused(
          Problem.invalid(
              "the request names its namespaces twice",
              "send namespaces, or one namespace (or agent_id), not both"));
    }
    List<String> names =
        Objects.requireNonNull(fields.texts(NAMESPACES)).stream()
            .map(NamespaceName::canonical)
            .toList();
    for (int i = 0; i < names.size(); i++) {
      if (names.indexOf(names.get(i)) < i) {
        throw new RequestRefused(
            Problem.invalid(
                "a namespace is named twice",
                "namespaces[%d] is %s, which stands before it already"
                    .formatted(i, Shown.value(names.get(i)))));
      }
    }
    var action = Objects.requireNonNull(operation.action());
    return names.stream().map(name -> Permit.require(key, action, name)).toList();
  }

  private static void checkField(Schema schema, String field, Fields fields) {
    Schema property = schema.properties().get(field);
    if (property == null) {
      return;
    }
    Complaints complaints = new Complaints();
    if (fields.has(field)) {
      property.check(fields.raw(field), field, complaints);
    } else if (schema.required().contains(field)) {
      complaints.add("%s is required and must be %s".formatted(field, property.wanted()));
    }
    complaints.orThrow();
  }

  private static List<String> named(Fields fields) {
    List<String> names = new ArrayList<>();
    for (String field : List.of(NAMESPACE, AGENT)) {
      if (fields.raw(field) instanceof String name) {
        names.add(NamespaceName.canonical(name));
      }
    }
    return names;
  }

  private static @Nullable String theOne(List<String> names) {
    if (names.isEmpty()) {
      return null;
    }
    if (!names.getFirst().equals(names.getLast())) {
      throw new RequestRefused(
          Problem.invalid(
              "the request names two namespaces",
              "namespace and agent_id mean the same and must be equal where both are given, were %s and %s"
                  .formatted(Shown.value(names.getFirst()), Shown.value(names.getLast()))));
    }
    return names.getFirst();
  }

  private static boolean isBlank(Buffer text) {
    for (int i = 0; i < text.length(); i++) {
      byte b = text.getByte(i);
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }
}
