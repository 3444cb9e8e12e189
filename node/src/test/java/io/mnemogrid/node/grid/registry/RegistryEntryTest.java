package io.mnemogrid.node.grid.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.access.Grant;
import io.mnemogrid.node.access.Scope;
import io.mnemogrid.node.access.SecretHash;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Space;
import io.mnemogrid.node.testing.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryEntryTest {
  @Test
  void aNamespaceThatAnotherIsToTakeThePlaceOfIsReadAsItWasWritten() throws IOException {
    Namespace present = Samples.namespace("both", 1, Space.first("a-model", 4, 2));
    Namespace incoming = Samples.namespace("both", 2, Space.first("another", 8, 4));
    for (RegistryEntry entry :
        List.of(
            new RegistryEntry.OfNamespace(present),
            new RegistryEntry.OfNamespace(present, incoming))) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      RegistryEntry.write(entry, new DataOutputStream(bytes));
      var in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
      assertThat(RegistryEntry.read(in)).isEqualTo(entry);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, SUPER_ADMIN", "false, READ"})
  void aKeyThatWasWrittenWithOneExpiryHasItAsGiven(boolean superAdmin, Scope scope)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(RegistryEntry.KEY_OF_ONE_EXPIRY);
    out.writeUTF("id");
    out.writeInt(1);
    out.writeBytes("k");
    out.writeBoolean(superAdmin);
    out.writeInt(1);
    out.writeUTF("team-*");
    out.writeByte(scope.ordinal());
    out.writeInt(-1);
    out.write(new byte[SecretHash.SALT_BYTES + SecretHash.DIGEST_BYTES]);
    out.writeLong(1_700_000_000);
    out.writeLong(1_800_000_000);
    out.writeBoolean(true);
    out.writeLong(3);
    var in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(RegistryEntry.read(in))
        .isInstanceOfSatisfying(
            RegistryEntry.OfKey.class,
            read -> {
              assertThat(read.key().scope()).isEqualTo(scope);
              assertThat(read.key().grants()).containsExactly(new Grant("team-*", scope));
              assertThat(read.key().expiresAt()).isEqualTo(1_800_000_000L);
              assertThat(read.key().givenExpiresAt()).isEqualTo(1_800_000_000L);
              assertThat(read.revision()).isEqualTo(3);
            });
    assertThat(in.read()).isEqualTo(-1);
  }
}
