package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mnemogrid.node.model.Refusal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemTest {
  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments(new Refusal.InvalidRequest("top_k", "no"), 400, "INVALID_REQUEST"),
        arguments(new Refusal.DimensionMismatch("no"), 400, "DIMENSION_MISMATCH"),
        arguments(new Refusal.EmptyVector("no"), 400, "EMPTY_VECTOR"),
        arguments(
            unauthenticated(Refusal.Unauthenticated.Reason.NO_KEY), 401, "AUTHENTICATION_REQUIRED"),
        arguments(
            unauthenticated(Refusal.Unauthenticated.Reason.INVALID_KEY), 401, "INVALID_API_KEY"),
        arguments(
            unauthenticated(Refusal.Unauthenticated.Reason.EXPIRED_KEY), 401, "API_KEY_EXPIRED"),
        arguments(new Refusal.ScopeTooLow("no"), 403, "INSUFFICIENT_SCOPE"),
        arguments(new Refusal.NamespaceDenied("no"), 403, "NAMESPACE_ACCESS_DENIED"),
        arguments(notFound(Refusal.NotFound.Kind.NAMESPACE), 404, "NAMESPACE_NOT_FOUND"),
        arguments(notFound(Refusal.NotFound.Kind.MEMORY), 404, "MEMORY_NOT_FOUND"),
        arguments(notFound(Refusal.NotFound.Kind.KEY), 404, "KEY_NOT_FOUND"),
        arguments(new Refusal.Conflict("no"), 409, "CONFLICT"),
        arguments(new Refusal.PreconditionFailed("no", 3), 412, "PRECONDITION_FAILED"),
        arguments(new Refusal.RequestMixedUp("no"), 422, "IDEMPOTENCY_KEY_REUSED"),
        arguments(new Refusal.Busy("no", Duration.ofMillis(1)), 429, "RATE_LIMIT_EXCEEDED"),
        arguments(new Refusal.QuotaExceeded("no"), 413, "QUOTA_EXCEEDED"),
        arguments(
            new Refusal.Unavailable("no", Duration.ofMillis(2_001)), 503, "SERVICE_UNAVAILABLE"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalHasItsStatusAndCode(Refusal refusal, int status, String code) {
    Problem problem = Problem.of(refusal);
    assertThat(problem.status()).isEqualTo(status);
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.error()).isEqualTo("no");
  }

  @Test
  void theTableHoldsEveryKindOfRefusal() {
    Set<Class<?>> tried =
        refusals().map(row -> row.get()[0].getClass()).collect(Collectors.toSet());
    assertThat(tried).containsExactlyInAnyOrder(Refusal.class.getPermittedSubclasses());
  }

  @Test
  void detailsNameTheFieldOnce() {
    assertThat(Problem.of(new Refusal.InvalidRequest("top_k", "too many")).details())
        .isEqualTo("top_k: too many");
    assertThat(Problem.of(new Refusal.InvalidRequest("top_k", "top_k is too large")).details())
        .isEqualTo("top_k is too large");
    assertThat(Problem.of(new Refusal.InvalidRequest("", "empty")).details()).isNull();
  }

  @Test
  void retryAfterIsInWholeSecondsAndNeverNone() {
    long[] seconds =
        Stream.of(
                Duration.ZERO,
                Duration.ofMillis(1),
                Duration.ofMillis(1_000),
                Duration.ofMillis(2_001))
            .mapToLong(wait -> Problem.of(new Refusal.Busy("no", wait)).retryAfterSeconds())
            .toArray();
    assertThat(Arrays.stream(seconds).boxed()).containsExactly(1L, 1L, 1L, 3L);
  }

  @Test
  void aWriteOfUnknownOutcomeSaysThatARetryIsSafe() {
    Problem problem = Problem.of(new Refusal.Unavailable("lost", Duration.ofSeconds(1), true));
    assertThat(problem.details()).contains("same id is safe");
  }

  private static Refusal unauthenticated(Refusal.Unauthenticated.Reason reason) {
    return new Refusal.Unauthenticated(reason, "no");
  }

  private static Refusal notFound(Refusal.NotFound.Kind kind) {
    return new Refusal.NotFound(kind, "x", "no");
  }
}
