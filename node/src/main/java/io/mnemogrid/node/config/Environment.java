package io.mnemogrid.node.config;

import io.mnemogrid.node.config.Settings.Given;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The environment variables that set a node. */
final class Environment {
  static final String PREFIX = "MNEMOGRID_";

  /** Names the settings file. */
  static final String CONFIG = PREFIX + "CONFIG";

  /** Read by the launcher alone: more options for the JVM. */
  private static final String JVM_OPTS = PREFIX + "JVM_OPTS";

  /** Under this name existing deployments give the root key. */
  private static final String OTHER_ROOT_API_KEY = "DAKERA_ROOT_API_KEY";

  private static final String ROOT_API_KEY = "rootApiKey";

  // Kubernetes puts such variables into each pod for a service named mnemogrid or mnemogrid-….
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "MNEMOGRID_([A-Z0-9_]+_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_[0-9]+_(TCP|UDP)(_.*)?)");

  private static final Pattern HUMP =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private final Map<String, String> variables;

  Environment(Map<String, String> variables) {
    this.variables = variables;
  }

  /** The variable that sets a key: {@code http.maxBodyBytes}, MNEMOGRID_HTTP_MAX_BODY_BYTES. */
  static String variable(String key) {
    return PREFIX + HUMP.matcher(key).replaceAll("_").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** Values that the environment gives to these keys, by key. */
  Map<String, Given> values(Set<String> keys) {
    Map<String, Given> values = new LinkedHashMap<>();
    put(values, ROOT_API_KEY, OTHER_ROOT_API_KEY);
    for (String key : keys) {
      String variable = variable(key);
      boolean leftOpen = key.equals(ROOT_API_KEY) && variables.getOrDefault(variable, "").isBlank();
      if (!leftOpen) { // an empty root key is none, and must not hide one of the other name
        put(values, key, variable);
      }
    }
    return values;
  }

  /** Variables that look like settings and set nothing, with what is wrong with each. */
  Map<String, String> unknown(Set<String> keys) {
    Set<String> known = new TreeSet<>(Set.of(CONFIG, JVM_OPTS));
    keys.forEach(key -> known.add(variable(key)));
    Map<String, String> unknown = new TreeMap<>();
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      String name = variable.getKey();
      if (name.startsWith(PREFIX) && !known.contains(name) && !isServiceLink(variable)) {
        unknown.put(name, "is not a known variable" + Spelling.advice(name, known));
      }
    }
    return unknown;
  }

  private void put(Map<String, Given> values, String key, String variable) {
    String text = variables.get(variable);
    if (text != null) {
      values.put(key, new Given(text.strip(), variable));
    }
  }

  private static boolean isServiceLink(Map.Entry<String, String> variable) {
    return SERVICE_LINK.matcher(variable.getKey()).matches()
        || (variable.getKey().endsWith("_PORT") && variable.getValue().matches("(tcp|udp)://.*"));
  }
}
