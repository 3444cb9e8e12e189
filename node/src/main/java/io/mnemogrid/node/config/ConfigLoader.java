package io.mnemogrid.node.config;

import io.mnemogrid.node.config.Settings.Given;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a node's settings: the defaults, over them the settings file, over it the environment.
 *
 * <p>The file is the one that {@code MNEMOGRID_CONFIG} names, which must be there, else {@code
 * config/node.yaml} under the working directory, if there is one.
 */
public final class ConfigLoader {
  private static final Path USUAL_FILE = Path.of("config", "node.yaml");

  private ConfigLoader() {}

  /**
   * Loads and checks them all.
   *
   * @param variables the environment
   * @throws InvalidConfigException with everything that is wrong
   */
  public static NodeConfig load(Map<String, String> variables) {
    String named = variables.get(Environment.CONFIG);
    if (named != null && !named.isBlank()) {
      return load(variables, List.of(Path.of(named)));
    }
    return load(variables, Files.exists(USUAL_FILE) ? List.of(USUAL_FILE) : List.of());
  }

  /** Every key there is, sorted. */
  public static Set<String> keys() {
    var settings = new Settings(Map.of());
    NodeConfigReader.read(settings);
    return settings.known();
  }

  private static NodeConfig load(Map<String, String> variables, List<Path> files) {
    Set<String> keys = keys();
    var environment = new Environment(variables);
    Map<String, Given> given = new TreeMap<>();
    List<SettingsFile> read = files.stream().map(SettingsFile::read).toList();
    read.forEach(file -> given.putAll(file.values()));
    given.putAll(environment.values(keys));

    var settings = new Settings(given);
    read.forEach(file -> file.violations().forEach(settings::note));
    environment
        .unknown(keys)
        .forEach((variable, problem) -> settings.note(new Violation(variable, problem)));
    NodeConfig config = NodeConfigReader.read(settings);
    List<Violation> violations = settings.violations();
    if (!violations.isEmpty()) {
      throw new InvalidConfigException(violations);
    }
    return config;
  }
}
