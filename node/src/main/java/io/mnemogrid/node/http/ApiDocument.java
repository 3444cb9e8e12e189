package io.mnemogrid.node.http;

import io.mnemogrid.node.access.Action;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The OpenAPI document with its operations compiled. A document that leaves open what an operation
 * does, or where its namespace is named, does not load.
 *
 * @param notBuilt what other clients may call in vain
 */
record ApiDocument(
    Map<String, Object> content, List<Operation> operations, List<NotBuilt> notBuilt) {
  private static final String RESOURCE = "/openapi/mnemogrid.yaml";
  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
  private static final String JSON = "application/json";

  /** The document that comes with the node. */
  static ApiDocument load() {
    try (InputStream yaml =
        Objects.requireNonNull(ApiDocument.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return parse(new String(yaml.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws IllegalArgumentException naming all operations that are not well described
   */
  static ApiDocument parse(String yaml) {
    Map<String, Object> content =
        References.object(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
    References references = new References(content);
    List<Operation> operations = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    References.object(content.getOrDefault("paths", Map.of()))
        .forEach((path, item) -> {
          Map<String, Object> fields = References.object(item);
          for (Map.Entry<String, Object> entry : fields.entrySet()) {
            if (METHODS.contains(entry.getKey())) {
              try {
                operations.add(operation(references, path, fields, entry.getKey()));
              } catch (IllegalArgumentException e) {
                errors.add(
                    "%s %s: %s"
                        .formatted(entry.getKey().toUpperCase(Locale.ROOT), path, e.getMessage()));
              }
            }
          }
        });
    List<NotBuilt> notBuilt = NotBuilt.in(content);
    requireUnique(operations, notBuilt, errors);
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException("the API document: " + String.join("; ", errors));
    }
    return new ApiDocument(content, List.copyOf(operations), notBuilt);
  }

  private static Operation operation(
      References references, String path, Map<String, Object> item, String method) {
    Map<String, Object> declared = References.object(item.get(method));
    SchemaCompiler schemas = new SchemaCompiler(references);
    Object id = declared.get("operationId");
    if (id == null) {
      throw new IllegalArgumentException("has no operationId");
    }
    List<Operation.Parameter> parameters =
        Stream.concat(list(item.get("parameters")), list(declared.get("parameters")))
            .map(parameter -> parameter(references.resolve(parameter), schemas))
            .toList();
    Action action = action(declared);
    NamespaceSource source = source(declared, action);
    requireParameters(path, source, parameters);
    Map<String, Object> body = body(references, declared);
    List<String> paths =
        Stream.concat(Stream.of(path), list(item.get("x-also-at")).map(Object::toString)).toList();
    return new Operation(
        id.toString(),
        HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
        paths,
        action,
        source,
        parameters,
        body == null ? null : schemas.compile(bodySchema(body)),
        body != null && Boolean.TRUE.equals(body.get("required")));
  }

  private static @Nullable Action action(Map<String, Object> declared) {
    Object name = declared.get("x-action");
    boolean open = Boolean.TRUE.equals(declared.get("x-open"));
    if (open) {
      if (name != null) {
        throw new IllegalArgumentException("is open and names an x-action");
      }
      return null;
    }
    if (name == null) {
      throw new IllegalArgumentException("names no x-action and is not x-open");
    }
    for (Action action : Action.values()) {
      if (action.name().equals(name)) {
        return action;
      }
    }
    throw new IllegalArgumentException("names the unknown x-action " + name);
  }

  private static NamespaceSource source(Map<String, Object> declared, @Nullable Action action) {
    Object form = declared.get("x-namespace");
    boolean needed = action != null && action.target() == Action.Target.NAMESPACE;
    if (needed != (form != null)) {
      throw new IllegalArgumentException(
          needed
              ? "is on a namespace and has no x-namespace"
              : "is on no namespace and has an x-namespace");
    }
    return form == null ? new NamespaceSource.None() : NamespaceSource.parse(form.toString());
  }

  private static void requireParameters(
      String path, NamespaceSource source, List<Operation.Parameter> parameters) {
    Set<String> inPath =
        parameters.stream()
            .filter(parameter -> parameter.in() == Operation.Parameter.In.PATH)
            .map(Operation.Parameter::name)
            .collect(Collectors.toSet());
    Set<String> inTemplate =
        Stream.of(path.split("/", -1))
            .filter(segment -> segment.startsWith("{"))
            .map(segment -> segment.substring(1, segment.length() - 1))
            .collect(Collectors.toSet());
    if (!inPath.equals(inTemplate)) {
      throw new IllegalArgumentException(
          "has %s in its path and describes %s".formatted(inTemplate, inPath));
    }
    if (source instanceof NamespaceSource.InPath(String parameter) && !inPath.contains(parameter)) {
      throw new IllegalArgumentException("has no path parameter " + parameter);
    }
  }

  private static Operation.Parameter parameter(
      Map<String, Object> declared, SchemaCompiler schemas) {
    Operation.Parameter.In in =
        switch (String.valueOf(declared.get("in"))) {
          case "path" -> Operation.Parameter.In.PATH;
          case "query" -> Operation.Parameter.In.QUERY;
          case "header" -> Operation.Parameter.In.HEADER;
          default ->
              throw new IllegalArgumentException(
                  "a parameter is in path, query or header, not in " + declared.get("in"));
        };
    return new Operation.Parameter(
        String.valueOf(declared.get("name")),
        in,
        Boolean.TRUE.equals(declared.get("required")),
        schemas.compile(Objects.requireNonNull(declared.get("schema"), "schema")));
  }

  private static @Nullable Map<String, Object> body(
      References references, Map<String, Object> declared) {
    Object body = declared.get("requestBody");
    return body == null ? null : references.resolve(body);
  }

  private static Object bodySchema(Map<String, Object> body) {
    Map<String, Object> types = References.object(body.getOrDefault("content", Map.of()));
    Object json = types.get(JSON);
    if (json == null || types.size() != 1) {
      throw new IllegalArgumentException("has a body of another type than " + JSON);
    }
    return Objects.requireNonNull(References.object(json).get("schema"), "schema");
  }

  private static void requireUnique(
      List<Operation> operations, List<NotBuilt> notBuilt, List<String> errors) {
    Set<String> seen = new HashSet<>();
    for (Operation operation : operations) {
      if (!seen.add("operation " + operation.id())) {
        errors.add("two operations are called " + operation.id());
      }
      for (String path : operation.paths()) {
        String route = route(operation.method(), path);
        if (!seen.add(route)) {
          errors.add("two operations are at " + route);
        }
      }
    }
    for (NotBuilt missing : notBuilt) {
      for (String path : missing.operation().paths()) {
        String route = route(missing.method(), path);
        if (!seen.add(route)) {
          errors.add(route + " is built, or twice in x-not-built; take it out there");
        }
      }
    }
  }

  private static String route(HttpMethod method, String path) {
    return method + " " + path.replaceAll("\\{[^}]*}", "{}");
  }

  private static Stream<?> list(@Nullable Object value) {
    return value instanceof List<?> many ? many.stream() : Stream.empty();
  }
}
