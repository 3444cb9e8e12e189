package io.mnemogrid.node.config;

import io.mnemogrid.node.config.Settings.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML file of sections and keys. It is read as a tree of texts and never resolved to types:
 * {@code on}, {@code 010} and {@code 1:30} mean what they say.
 */
final class SettingsFile {
  private static final int FILE_BYTES_MAX = 1 << 20;
  private static final int DEPTH_MAX = 8;

  private final String name;
  private final Map<String, Given> values = new LinkedHashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  private SettingsFile(String name) {
    this.name = name;
  }

  static SettingsFile read(Path path) {
    var file = new SettingsFile(path.toString());
    var options = new LoaderOptions();
    options.setNestingDepthLimit(DEPTH_MAX);
    options.setMaxAliasesForCollections(0);
    try {
      if (Files.size(path) > FILE_BYTES_MAX) {
        throw new IOException("is over %d bytes long".formatted(FILE_BYTES_MAX));
      }
      try (var reader = Files.newBufferedReader(path)) {
        Node root = new Yaml(options).compose(reader);
        if (root != null) { // an empty file sets nothing
          file.top(root);
        }
      }
    } catch (YAMLException e) {
      file.violations.add(
          new Violation(
              file.name,
              "must be YAML: " + String.valueOf(e.getMessage()).replaceAll("\\s+", " ")));
    } catch (IOException e) {
      file.violations.add(
          new Violation(file.name, "must be a readable text file in UTF-8: " + reason(e)));
    }
    return file;
  }

  Map<String, Given> values() {
    return values;
  }

  List<Violation> violations() {
    return violations;
  }

  private void top(Node root) {
    for (NodeTuple entry : entries(root, "")) {
      String key = scalar(entry.getKeyNode());
      if (entry.getValueNode() instanceof MappingNode section) {
        for (NodeTuple inner : entries(section, key)) {
          put(Settings.key(key, scalar(inner.getKeyNode())), inner.getValueNode());
        }
      } else {
        put(key, entry.getValueNode());
      }
    }
  }

  private List<NodeTuple> entries(Node node, String key) {
    if (node instanceof MappingNode mapping) {
      return mapping.getValue();
    }
    complain(key.isEmpty() ? name : key, "must be keys with values", node);
    return List.of();
  }

  private void put(String key, Node node) {
    String text =
        switch (node) {
          case ScalarNode scalar -> scalar.getValue();
          case SequenceNode list ->
              list.getValue().stream().map(SettingsFile::scalar).collect(Collectors.joining(","));
          default -> {
            complain(key, "must be one value, not keys with values", node);
            yield "";
          }
        };
    if (values.put(key, new Given(text, origin(node))) != null) {
      complain(key, "must be set once", node);
    }
  }

  private void complain(String key, String problem, Node node) {
    violations.add(new Violation(key, problem + ", " + origin(node)));
  }

  private String origin(Node node) {
    return "%s line %d".formatted(name, node.getStartMark().getLine() + 1);
  }

  private static String scalar(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : node.getTag().toString();
  }

  private static String reason(IOException e) {
    String type = e.getClass().getSimpleName();
    String message = e.getMessage();
    return message == null ? type : type + " " + message;
  }
}
