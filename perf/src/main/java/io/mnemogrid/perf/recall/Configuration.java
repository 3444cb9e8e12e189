package io.mnemogrid.perf.recall;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A way to recall.
 *
 * @param options fields of the recall request
 */
record Configuration(String name, JsonObject options) {
  private static final String STANDARD = "configurations.json";
  private static final int NAME_CHARS_MOST = 24;

  /** What the measurement itself says in each request. */
  private static final Set<String> RESERVED =
      Set.of("namespace", "namespaces", "agent_id", "query", "embedding", "top_k", "explain");

  Configuration {
    if (name.isBlank() || name.length() > NAME_CHARS_MOST) {
      throw new IllegalArgumentException(
          "a configuration's name has 1 to %d characters, was '%s'"
              .formatted(NAME_CHARS_MOST, name));
    }
    for (String option : options.fieldNames()) {
      if (RESERVED.contains(option)) {
        throw new IllegalArgumentException(
            "configuration '%s' cannot set '%s'".formatted(name, option));
      }
    }
  }

  /** The list that is used when none is given. */
  static List<Configuration> standard() {
    try (InputStream file =
        Objects.requireNonNull(Configuration.class.getResourceAsStream(STANDARD))) {
      return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws IllegalArgumentException if the file is not a list as the standard one
   */
  static List<Configuration> read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "%s is not a list of configurations: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static List<Configuration> parse(String json) {
    JsonArray list = new JsonArray(json);
    Set<String> names = new HashSet<>();
    List<Configuration> configurations =
        IntStream.range(0, list.size())
            .mapToObj(list::getJsonObject)
            .map(Configuration::of)
            .toList();
    for (Configuration configuration : configurations) {
      if (!names.add(configuration.name)) {
        throw new IllegalArgumentException("two are named '" + configuration.name + "'");
      }
    }
    return configurations;
  }

  private static Configuration of(JsonObject json) {
    return new Configuration(
        JsonFields.required(json, "name"), json.getJsonObject("options", new JsonObject()));
  }

  /** The fields of a request for the best so many hits. */
  JsonObject request(int topK) {
    return options.copy().put("top_k", topK);
  }
}
