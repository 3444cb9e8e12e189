package io.mnemogrid.node.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.testing.Samples;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PermitTest {
  @ParameterizedTest
  @CsvSource({
    "team-*, team-a, true",
    "team-*, team-, false",
    "team-*, team, false",
    "team-*, other-team-a, false",
    "team, team, true",
    "team, team-a, false",
    "team, TEAM, false",
    "*, anything, true",
    "_dakera_agent_team, team, true",
    "_dakera_agent_team-*, team-a, true"
  })
  void aGrantReachesExactNamesPrefixesOrAll(String pattern, String namespace, boolean reached) {
    assertThat(new Grant(pattern, Scope.READ).reaches(namespace)).isEqualTo(reached);
  }

  @ParameterizedTest
  @CsvSource({
    "*, *, true",
    "*, team, true",
    "team-*, team-a, true",
    "team-*, team-a-*, true",
    "team-*, team-*, true",
    "team-*, *, false",
    "team-*, team, false",
    "team-a, team-a, true",
    "team-a, team-*, false"
  })
  void aGrantCoversWhatReachesNoFurther(String wide, String narrow, boolean covered) {
    assertThat(new Grant(wide, Scope.READ).covers(new Grant(narrow, Scope.READ)))
        .isEqualTo(covered);
  }

  @Test
  void theScopesAreALadderWithTwoRightsBesideIt() {
    assertThat(Scope.SUPER_ADMIN.includes(Scope.ADMIN)).isTrue();
    assertThat(Scope.ADMIN.includes(Scope.SUPER_ADMIN)).isFalse();
    assertThat(Scope.ADMIN.includes(Scope.PUBLISH)).isTrue();
    assertThat(Scope.WRITE.includes(Scope.READ)).isTrue();
    assertThat(Scope.WRITE.includes(Scope.VERIFY)).isFalse();
    assertThat(Scope.READ.includes(Scope.WRITE)).isFalse();
    assertThat(Scope.VERIFY.includes(Scope.WRITE)).isFalse();
  }

  @Test
  void eachNamespaceIsDecidedByItsOwnGrants() {
    ApiKey key = key(new Grant("own", Scope.WRITE), new Grant("team-*", Scope.READ));
    assertThat(Permit.require(key, Action.MEMORY_STORE, "own").namespace()).isEqualTo("own");
    assertThat(Permit.require(key, Action.MEMORY_RECALL, "team-a").namespace()).isEqualTo("team-a");
    assertThatThrownBy(() -> Permit.require(key, Action.MEMORY_STORE, "team-a"))
        .isInstanceOf(Refusal.ScopeTooLow.class);
    assertThatThrownBy(() -> Permit.require(key, Action.MEMORY_RECALL, "foreign"))
        .isInstanceOf(Refusal.NamespaceDenied.class)
        .hasMessageNotContaining("foreign");
    assertThatThrownBy(() -> Permit.require(key, Action.KEYS))
        .isInstanceOf(Refusal.ScopeTooLow.class);
  }

  @Test
  void aPermitIsOnlyGoodForItsAction() {
    Permit permit = Permit.require(key(new Grant("own", Scope.ADMIN)), Action.MEMORY_RECALL, "own");
    assertThatThrownBy(() -> permit.forAction(Action.MEMORY_FORGET))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @EnumSource(value = Action.class)
  void aKeyWithoutGrantsMayDoNothingToANamespaceOrTheCluster(Action action) {
    ApiKey key = key();
    switch (action.target()) {
      case CALLER -> assertThat(Permit.require(key, action).key()).isEqualTo(key);
      case NAMESPACE ->
          assertThatThrownBy(() -> Permit.require(key, action, "any"))
              .isInstanceOf(Refusal.NamespaceDenied.class);
      case CLUSTER ->
          assertThatThrownBy(() -> Permit.require(key, action))
              .isInstanceOf(Refusal.ScopeTooLow.class);
    }
  }

  @Test
  void aSecretIsKeptAsASaltedHashAndNamesItsKey() {
    SecureRandom random = new SecureRandom();
    KeySecret secret = KeySecret.draw(random);
    SecretHash hash = SecretHash.of(secret.token(), random);
    assertThat(hash.matches(secret.token())).isTrue();
    assertThat(hash.matches(secret.token() + "x")).isFalse();
    assertThat(SecretHash.of(secret.token(), random)).isNotEqualTo(hash);
    assertThat(KeySecret.keyIdIn(secret.token())).isEqualTo(secret.keyId());
    assertThat(KeySecret.keyIdIn("operator's own")).isNull();
    assertThat(secret.toString()).doesNotContain(secret.token());
  }

  private static ApiKey key(Grant... grants) {
    return Samples.key("id", grants);
  }
}
