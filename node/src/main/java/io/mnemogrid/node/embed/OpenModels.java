package io.mnemogrid.node.embed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models in memory, at most so many at a time. A model is opened when it is first leased; when
 * there is no room, the one that was leased longest ago and is in nobody's hands is closed first.
 * Safe for any thread.
 */
final class OpenModels implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenModels.class);

  private final int limit;
  private final Path scratch;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<ModelFiles, Place> places = new LinkedHashMap<>(16, 0.75f, true);
  private long opened;

  /**
   * @param limit models in memory at a time
   * @param scratch folder for files that are gone again once a model is open
   */
  OpenModels(int limit, Path scratch) {
    this.limit = limit;
    this.scratch = scratch;
  }

  /** Room for one model; empty while the model is being opened. */
  private static final class Place {
    private @Nullable OpenModel model;
    private int leases;

    boolean isIdle() {
      return model != null && leases == 0;
    }
  }

  /** The use of a model, which stays open until this is closed. */
  final class Lease implements AutoCloseable {
    private final Place place;
    private final OpenModel model;

    private Lease(Place place, OpenModel model) {
      this.place = place;
      this.model = model;
    }

    OpenModel model() {
      return model;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        place.leases--;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Opens the model if it is not open, and waits for room if need be. Who waits must hold no lease.
   *
   * @throws IOException when it cannot be opened
   */
  Lease lease(ModelFiles files) throws IOException, InterruptedException {
    Place place = new Place();
    @Nullable OpenModel leaving;
    lock.lock();
    try {
      for (Place present = places.get(files);
          present != null || !hasRoom();
          present = places.get(files)) {
        if (present != null && present.model != null) {
          present.leases++;
          return new Lease(present, present.model);
        }
        changed.await();
      }
      leaving = makeRoom();
      places.put(files, place);
    } finally {
      lock.unlock();
    }
    if (leaving != null) {
      leaving.close(); // before the other is opened: that is what the limit is for
    }
    return open(files, place);
  }

  private boolean hasRoom() {
    return places.size() < limit || places.values().stream().anyMatch(Place::isIdle);
  }

  /** Takes out the idle model that was used longest ago, if there is no free place. */
  private @Nullable OpenModel makeRoom() {
    if (places.size() < limit) {
      return null;
    }
    for (Map.Entry<ModelFiles, Place> entry : places.entrySet()) {
      Place place = entry.getValue();
      if (place.isIdle()) {
        places.remove(entry.getKey());
        LOG.info("the model {} makes room for another", entry.getKey().card().name());
        return place.model;
      }
    }
    throw new IllegalStateException("there is no room"); // nobody asks then
  }

  private Lease open(ModelFiles files, Place place) throws IOException {
    @Nullable OpenModel model = null;
    try {
      model = OpenModel.open(files, scratch);
      LOG.info("opened the model {}", files.card().name());
      return new Lease(place, model);
    } finally {
      lock.lock();
      try {
        if (model == null) {
          places.remove(files);
        } else {
          place.model = model;
          place.leases = 1;
          opened++;
        }
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Models in memory now, or being opened. */
  int count() {
    lock.lock();
    try {
      return places.size();
    } finally {
      lock.unlock();
    }
  }

  /** How often a model was opened. */
  long opened() {
    lock.lock();
    try {
      return opened;
    } finally {
      lock.unlock();
    }
  }

  /** Gives the memory of all models back. No lease may be out, and none may be asked for again. */
  @Override
  public void close() {
    lock.lock();
    try {
      places
          .values()
          .forEach(place -> {
            if (place.model != null) {
              place.model.close();
            }
          });
      places.clear();
    } finally {
      lock.unlock();
    }
  }
}
