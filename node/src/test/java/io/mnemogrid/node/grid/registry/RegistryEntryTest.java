package io.mnemogrid.node.grid.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.access.Grant;
import io.mnemogrid.node.access.Scope;
import io.mnemogrid.node.access.SecretHash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryEntryTest {
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
