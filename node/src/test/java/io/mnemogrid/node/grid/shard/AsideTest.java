package io.mnemogrid.node.grid.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AsideTest {
  @Test
  void whoeverAsksDoesItWhereNobodyElseHas() {
    try (Aside<Thread> aside = Aside.begin(Thread::currentThread, task -> {})) {
      assertThat(aside.get()).isSameAs(Thread.currentThread());
    }
  }

  @Test
  void itIsDoneOnceHoweverLateItsTurnComes() {
    Runnable[] late = new Runnable[1];
    AtomicBoolean done = new AtomicBoolean();
    try (Aside<Boolean> aside = Aside.begin(() -> done.getAndSet(true), task -> late[0] = task)) {
      assertThat(aside.get()).isFalse();
      late[0].run();
      assertThat(aside.get()).isFalse();
    }
  }

  @Test
  void itFailsAsItDidElsewhere() {
    IllegalArgumentException failure = new IllegalArgumentException("of the part");
    try (Aside<Object> aside =
        Aside.begin(
            () -> {
              throw failure;
            },
            Runnable::run)) {
      assertThatThrownBy(aside::get).isSameAs(failure);
    }
  }

  /** What it uses is closed next. */
  @Test
  void itIsOverOnceItIsClosedThoughWhoeverBeganItFailed() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicBoolean isOver = new AtomicBoolean();
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      assertThatThrownBy(
              () -> {
                try (Aside<Boolean> _ =
                    Aside.begin(
                        () -> {
                          begun.countDown();
                          mayEnd.await();
                          isOver.set(true);
                          return true;
                        },
                        other)) {
                  begun.await();
                  Thread.ofVirtual().start(mayEnd::countDown);
                  throw new IllegalStateException("of the search");
                }
              })
          .hasMessage("of the search");
      assertThat(isOver).isTrue();
    }
  }
}
