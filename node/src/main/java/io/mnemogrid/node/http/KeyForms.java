package io.mnemogrid.node.http;

import io.mnemogrid.node.access.ApiKey;
import io.mnemogrid.node.access.Grant;
import io.mnemogrid.node.access.Scope;
import io.mnemogrid.node.memory.Keys;
import io.mnemogrid.node.model.Refusal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads keys and grants out of checked requests, in every spelling that clients use. */
final class KeyForms {
  private static final String GRANTS = "grants";
  private static final String NAMESPACES = "namespaces";
  private static final List<String> EVERY = List.of(Grant.EVERY_NAMESPACE);

  private final InstantSource clock;

  KeyForms(InstantSource clock) {
    this.clock = clock;
  }

  /** A key made by an administrator of the whole cluster. */
  Keys.Spec key(Fields body) {
    if (body.has(GRANTS)) {
      refuseBoth(body, "scope", NAMESPACES, "permissions");
      return spec(body, Scope.READ, grants(body));
    }
    Scope scope = scope(body);
    List<String> patterns = body.texts(NAMESPACES);
    return spec(body, scope, each(patterns == null ? EVERY : patterns, scope));
  }

  /** A key made for one namespace. */
  Keys.Spec namespaceKey(Fields body, String namespace) {
    if (body.has(GRANTS)) {
      refuseBoth(body, "scope", "extra_namespaces", "permissions");
      return spec(body, Scope.READ, grants(body));
    }
    Set<String> patterns = new LinkedHashSet<>(List.of(namespace));
    List<String> extra = body.texts("extra_namespaces");
    if (extra != null) {
      patterns.addAll(extra);
    }
    Scope scope = scope(body);
    return spec(body, scope, each(patterns, scope));
  }

  /** New grants for a key that is there; null leaves those it has. */
  static @Nullable List<Grant> changedGrants(Fields body, ApiKey present) {
    if (body.has(GRANTS)) {
      if (body.names(NAMESPACES)) {
        throw new Refusal.InvalidRequest(GRANTS, "grants cannot be combined with namespaces");
      }
      return grants(body);
    }
    if (!body.names(NAMESPACES)) {
      return null;
    }
    if (present.grants().stream().map(Grant::scope).distinct().count() > 1) {
      throw new Refusal.InvalidRequest(
          NAMESPACES, "namespaces is for keys of one scope, and this one has several; send grants");
    }
    List<String> patterns = body.texts(NAMESPACES);
    return each(patterns == null ? EVERY : patterns, present.scope());
  }

  private Keys.Spec spec(Fields body, Scope scope, List<Grant> grants) {
    if (grants.size() > ApiKey.MAX_GRANTS) {
      throw new Refusal.InvalidRequest(
          GRANTS, "a key has at most %d grants".formatted(ApiKey.MAX_GRANTS));
    }
    return new Keys.Spec(body.required("name"), scope, grants, expiry(body));
  }

  private @Nullable Long expiry(Fields body) {
    long now = clock.instant().getEpochSecond();
    Long days = body.integer("expires_in_days");
    Object at = body.raw("expires_at");
    if (days != null && at != null) {
      throw new Refusal.InvalidRequest(
          "expires_at", "expires_at cannot be combined with expires_in_days");
    }
    if (days != null) {
      return now + TimeUnit.DAYS.toSeconds(days);
    }
    if (at == null) {
      return null;
    }
    OptionalLong seconds =
        at instanceof String iso
            ? Instants.unixSeconds(iso)
            : OptionalLong.of(((Number) at).longValue());
    if (seconds.orElseThrow() <= now) {
      throw new Refusal.InvalidRequest(
          "expires_at", "expires_at must be in the future, was " + Shown.value(at));
    }
    return seconds.getAsLong();
  }

  private static List<Grant> grants(Fields body) {
    List<Grant> grants = new ArrayList<>();
    for (Fields grant : body.objects(GRANTS)) {
      grants.add(new Grant(grant.required("namespace"), scope(grant.required("scope"))));
    }
    return grants;
  }

  private static List<Grant> each(Iterable<String> patterns, Scope scope) {
    List<Grant> grants = new ArrayList<>();
    patterns.forEach(pattern -> grants.add(new Grant(pattern, scope)));
    return grants;
  }

  private static Scope scope(Fields body) {
    String scope = body.text("scope");
    List<String> permissions = body.texts("permissions");
    if (scope != null) {
      refuseBoth(body, "permissions");
      return scope(scope);
    }
    if (permissions != null && permissions.isEmpty()) {
      throw new Refusal.InvalidRequest(
          "permissions", "name at least one of 'read', 'write' and 'admin', or leave it out");
    }
    return permissions == null ? Scope.READ : highest(permissions);
  }

  private static Scope scope(String spelled) {
    return Scope.valueOf(spelled.toUpperCase(Locale.ROOT));
  }

  private static Scope highest(List<String> permissions) {
    if (permissions.contains("admin")) {
      return Scope.ADMIN;
    }
    boolean writes = permissions.stream().anyMatch(Set.of("write", "store", "forget")::contains);
    return writes ? Scope.WRITE : Scope.READ;
  }

  private static void refuseBoth(Fields body, String... others) {
    for (String other : others) {
      if (body.has(other)) {
        throw new Refusal.InvalidRequest(
            other,
            "%s cannot be combined with the other way to say what a key may do".formatted(other));
      }
    }
  }
}
