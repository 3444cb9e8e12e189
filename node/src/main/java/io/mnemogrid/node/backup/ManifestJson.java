package io.mnemogrid.node.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.NamespaceName;
import io.mnemogrid.node.model.Space;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The manifest as JSON. A reader passes over fields that it does not know. */
final class ManifestJson {
  private static final int FORMAT = 1;
  private static final JsonFactory JSON = new JsonFactory();

  /** A name that stays in the backup's own folder. */
  private static final Pattern FILE = Pattern.compile("memories-[0-9]{1,9}\\.bin");

  private ManifestJson() {}

  static byte[] write(Manifest manifest) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeNumberField("format", FORMAT);
      json.writeStringField("backup_id", manifest.id());
      json.writeStringField("name", manifest.name());
      json.writeBooleanField("compressed", manifest.compressed());
      json.writeNumberField("created_at", manifest.createdAt());
      json.writeNumberField("completed_at", manifest.completedAt());
      json.writeArrayFieldStart("namespaces");
      for (SavedNamespace saved : manifest.namespaces()) {
        write(saved, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void write(SavedNamespace saved, JsonGenerator json) throws IOException {
    Namespace namespace = saved.descriptor();
    json.writeStartObject();
    json.writeStringField("name", namespace.name());
    json.writeStringField("description", namespace.description());
    json.writeStringField("metadata", namespace.metadata());
    json.writeStringField("model", namespace.model());
    json.writeNumberField("dimension", namespace.dimension());
    json.writeStringField("distance", namespace.distance().name().toLowerCase(Locale.ROOT));
    json.writeStringField("language", namespace.language());
    json.writeNumberField("shards", namespace.shards());
    json.writeBooleanField("dedup_on_store", namespace.deduplication().onStore());
    json.writeNumberField("dedup_threshold", namespace.deduplication().threshold());
    json.writeNumberField("created_at", namespace.createdAt());
    json.writeStringField("file", saved.file());
    json.writeNumberField("bytes", saved.bytes());
    json.writeNumberField("memories", saved.memories());
    json.writeBooleanField("complete", saved.complete());
    json.writeEndObject();
  }

  /**
   * @throws IOException if it is no manifest, or one of another format; says why
   */
  static Manifest read(byte[] bytes) throws IOException {
    try (JsonParser json = JSON.createParser(bytes)) {
      json.nextToken();
      Fields fields = new Fields(object(json));
      long format = fields.number("format");
      if (format != FORMAT) {
        throw new IOException("it is of format %d; this node reads %d".formatted(format, FORMAT));
      }
      List<SavedNamespace> namespaces = new ArrayList<>();
      for (Object saved : fields.list("namespaces")) {
        namespaces.add(namespace(Fields.of(saved)));
      }
      return new Manifest(
          fields.text("backup_id"),
          fields.text("name"),
          fields.flag("compressed"),
          fields.number("created_at"),
          fields.number("completed_at"),
          namespaces);
    } catch (IllegalArgumentException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  private static SavedNamespace namespace(Fields fields) throws IOException {
    String name = fields.text("name");
    String file = fields.text("file");
    if (!NamespaceName.isValid(name) || !FILE.matcher(file).matches()) {
      throw new IOException("it has a namespace or a file of a name that none has");
    }
    Namespace descriptor =
        new Namespace(
            name,
            0,
            Space.first(
                fields.text("model"),
                (int) fields.number("dimension"),
                (int) fields.number("shards")),
            null,
            false,
            Namespace.Distance.valueOf(fields.text("distance").toUpperCase(Locale.ROOT)),
            fields.text("language"),
            new Namespace.Deduplication(
                fields.flag("dedup_on_store"), (float) fields.real("dedup_threshold")),
            fields.textOrNull("description"),
            fields.textOrNull("metadata"),
            fields.number("created_at"),
            1);
    return new SavedNamespace(
        descriptor,
        file,
        fields.number("bytes"),
        fields.number("memories"),
        fields.flag("complete"));
  }

  private static Map<String, @Nullable Object> object(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("it is no JSON object");
    }
    Map<String, @Nullable Object> object = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      object.put(name, value(json));
    }
    return object;
  }

  private static @Nullable Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(json));
        }
        yield list;
      }
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case null, default -> throw new IOException("it ends too early");
    };
  }

  /** Fields of an object; what is missing or of another type is an error. */
  private record Fields(Map<?, ?> values) {
    static Fields of(@Nullable Object value) throws IOException {
      if (value instanceof Map<?, ?> map) {
        return new Fields(map);
      }
      throw new IOException("it has something else where a namespace should be");
    }

    String text(String name) throws IOException {
      String text = textOrNull(name);
      if (text == null) {
        throw missing(name);
      }
      return text;
    }

    @Nullable String textOrNull(String name) throws IOException {
      return switch (values.get(name)) {
        case null -> null;
        case String text -> text;
        default -> throw missing(name);
      };
    }

    long number(String name) throws IOException {
      if (values.get(name) instanceof Number number && number.longValue() >= 0) {
        return number.longValue();
      }
      throw missing(name);
    }

    double real(String name) throws IOException {
      if (values.get(name) instanceof Number number) {
        return number.doubleValue();
      }
      throw missing(name);
    }

    boolean flag(String name) throws IOException {
      if (values.get(name) instanceof Boolean flag) {
        return flag;
      }
      throw missing(name);
    }

    List<?> list(String name) throws IOException {
      if (values.get(name) instanceof List<?> list) {
        return list;
      }
      throw missing(name);
    }

    private static IOException missing(String name) {
      return new IOException("its '%s' is missing or of another type".formatted(name));
    }
  }
}
