package io.mnemogrid.node.grid.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.access.ApiKey;
import io.mnemogrid.node.access.Grant;
import io.mnemogrid.node.access.Scope;
import io.mnemogrid.node.memory.Keys;
import io.mnemogrid.node.testing.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevokesTest {
  private static final Grant TEAM = new Grant("team-*", Scope.WRITE);

  @Test
  void aKeyThatWasRemovedThereIsRemovedWhateverHasBecomeOfItHere() {
    ApiKey key = key("k", TEAM);
    RegistryTable there = table(key);
    there.commit(RegistryEntry.OfKey.nameOf("k"), null);
    ApiKey wider = key.with("name", List.of(TEAM, new Grant("*", Scope.WRITE))).withExpiry(9L);
    assertThat(there.revokes().after(entry(key))).isEmpty();
    assertThat(there.revokes().after(entry(wider))).isEmpty();
    assertThat(there.revokes().after(entry(key("other", TEAM)))).isPresent();
  }

  @Test
  void anotherKeyOfTheSameIdAndTheRootKeyStay() {
    RegistryTable there = table(key("k", TEAM), key(Keys.ROOT_KEY_ID, TEAM));
    there.commit(RegistryEntry.OfKey.nameOf("k"), null);
    there.commit(RegistryEntry.OfKey.nameOf(Keys.ROOT_KEY_ID), null);
    assertThat(there.revokes().after(entry(key("k", TEAM)))).isPresent();
    assertThat(there.revokes().after(entry(key(Keys.ROOT_KEY_ID, TEAM)))).isPresent();
  }

  @Test
  void aKeyThatWasDisabledThereIsDisabledUnlessItIsOfALaterRevisionHere() {
    ApiKey key = key("k", TEAM);
    Revokes revokes = table(key.withActive(false)).revokes();
    assertThat(revokes.after(entry(key))).get().extracting(this::isActive).isEqualTo(false);
    ApiKey later = key.with("renamed", List.of(TEAM)).with("again", List.of(TEAM));
    assertThat(revokes.after(entry(later))).contains(entry(later));
  }

  @Test
  void whatWasGrantedThereIsNotGrantedHere() {
    ApiKey key = key("k", TEAM);
    for (Grant wider : List.of(new Grant("*", Scope.WRITE), new Grant("team-*", Scope.ADMIN))) {
      Revokes revokes = table(key.with("name", List.of(wider))).revokes();
      assertThat(revokes.after(entry(key))).contains(entry(key));
    }
    assertThat(table(key, key("new", TEAM)).revokes().against(List.of(entry(key)))).isEmpty();
  }

  @Test
  void whatWasTakenFromAKeyThereIsTakenHere() {
    ApiKey key = key("k", TEAM, new Grant("other", Scope.READ));
    Grant less = new Grant("team-a*", Scope.READ);
    Revokes revokes = table(key.with("name", List.of(less)).withExpiry(5L)).revokes();
    Optional<RegistryEntry> after = revokes.after(entry(key));
    assertThat(after)
        .get()
        .isInstanceOfSatisfying(
            RegistryEntry.OfKey.class,
            of -> {
              assertThat(of.key().grants()).containsExactly(less);
              assertThat(of.key().expiresAt()).isEqualTo(5L);
            });
    assertThat(revokes.after(after.orElseThrow())).isEqualTo(after);
  }

  private boolean isActive(RegistryEntry entry) {
    return entry instanceof RegistryEntry.OfKey(ApiKey key) && key.active();
  }

  private static RegistryTable table(ApiKey... keys) {
    RegistryTable table = new RegistryTable();
    for (ApiKey key : keys) {
      table.commit(entry(key).name(), entry(key));
    }
    return table;
  }

  private static RegistryEntry entry(ApiKey key) {
    return new RegistryEntry.OfKey(key);
  }

  private static ApiKey key(String id, Grant... grants) {
    return Samples.key(id, grants);
  }
}
