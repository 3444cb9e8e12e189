package io.mnemogrid.node.embed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Texts with the ids that the reference tokenizer (Hugging Face tokenizers, with this model's
 * tokenizer.json) gives, special tokens included.
 */
record Golden(String text, List<Integer> ids) {
  static List<Golden> all() {
    try (JsonParser json =
        new JsonFactory()
            .createParser(
                Objects.requireNonNull(
                    Golden.class.getResourceAsStream("wordpiece-golden.json")))) {
      List<Golden> all = new ArrayList<>();
      json.nextToken();
      while (json.nextToken() == JsonToken.START_OBJECT) {
        json.nextToken();
        String text = json.nextTextValue();
        json.nextToken();
        json.nextToken();
        List<Integer> ids = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          ids.add(json.getIntValue());
        }
        json.nextToken();
        all.add(new Golden(text, ids));
      }
      return all;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public String toString() {
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .limit(40)
        .forEach(c ->
            plain.append(c >= ' ' && c < 0x7F ? Character.toString(c) : "U+%04X ".formatted(c)));
    return plain.toString();
  }
}
