package io.mnemogrid.node.process;

import io.mnemogrid.node.history.Operation;
import io.mnemogrid.node.history.Operation.Kind;
import io.mnemogrid.node.history.Outcome;
import io.mnemogrid.node.process.FaultyCluster.Member;
import io.mnemogrid.node.process.SdkClient.Reply;
import io.mnemogrid.node.process.SdkClient.Request;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What one client does over and over. What it writes, no other client does. */
abstract class Work {
  private static final String STORE = "/v1/memory/store";

  final SdkClient client;
  final Load.Ledger ledger;

  Work(SdkClient client, Load.Ledger ledger) {
    this.client = client;
    this.ledger = ledger;
  }

  /** Does one more of it, and tells the ledger. */
  abstract void step();

  /** Stores it; answers what is known of that. */
  final Reply store(Subject.Memory memory, String content) {
    Request request =
        Request.post(STORE, memory.body(content)).with("Idempotency-Key", client.drawKey());
    Reply reply = sound(client.send(request, null), 200);
    ledger.add(reply.change(Kind.WRITE, memory.key(), content, reply.outcome()));
    return reply;
  }

  /** Reads it at another member than the one that has just answered. */
  final void readElsewhere(Subject subject, Member not) {
    ledger.add(subject.read(client, not));
  }

  /** An answer of these statuses, or none. */
  static Reply sound(Reply reply, Integer... statuses) {
    if (reply.answered() && !List.of(statuses).contains(reply.status())) {
      throw new AssertionError("answered %d: %s".formatted(reply.status(), reply.text()));
    }
    return reply;
  }

  /** Registers that are written again and again, and read at another member after each answer. */
  static final class Registers extends Work {
    private static final int AT_A_TIME = 4;

    private final int number;
    private final List<Subject.Memory> registers = new ArrayList<>();
    private int made;
    private int written;

    Registers(int number, SdkClient client, Load.Ledger ledger) {
      super(client, ledger);
      this.number = number;
      while (registers.size() < AT_A_TIME) {
        registers.add(make());
      }
    }

    private Subject.Memory make() {
      return ledger.make("register", "%d-%d".formatted(number, made++), client.random());
    }

    @Override
    void step() {
      int which = client.random().nextInt(AT_A_TIME);
      Subject.Memory register = registers.get(which);
      Reply reply = store(register, "state " + ++written);
      switch (reply.outcome()) {
        case OK -> readElsewhere(register, reply.member());
        case UNKNOWN -> registers.set(which, make()); // it may be written at any later time
        case REFUSED -> {}
      }
      if (client.random().nextInt(4) == 0) {
        ledger.add(ledger.any(client.random()).read(client, null));
      }
    }
  }

  /** Elements of a set, each added once and perhaps deleted. */
  static final class Elements extends Work {
    private static final int FORGOTTEN_ASKED = 64;

    private final int number;
    private final List<Subject.Memory> there = new ArrayList<>();
    private final List<Subject.Memory> forgotten = new ArrayList<>();
    private int made;

    Elements(int number, SdkClient client, Load.Ledger ledger) {
      super(client, ledger);
      this.number = number;
    }

    @Override
    void step() {
      int what = client.random().nextInt(4);
      if (what < 2 || there.isEmpty()) {
        add();
      } else if (what == 2) {
        forget(there.remove(client.random().nextInt(there.size())));
      } else if (!forgotten.isEmpty()) {
        Subject any = forgotten.get(client.random().nextInt(forgotten.size()));
        ledger.add(any.read(client, null));
      }
    }

    private void add() {
      Subject.Memory element =
          ledger.make("element", "%d-%d".formatted(number, made++), client.random());
      Reply reply = store(element, "element " + element.id());
      if (reply.outcome() == Outcome.OK) {
        there.add(element);
        readElsewhere(element, reply.member());
      }
    }

    private void forget(Subject.Memory element) {
      JsonObject body =
          new JsonObject()
              .put("namespace", element.namespace())
              .put("memory_ids", new JsonArray().add(element.id()));
      Reply reply = sound(client.send(Request.post("/v1/memory/forget", body), null), 200);
      ledger.add(reply.change(Kind.WRITE, element.key(), Operation.ABSENT, reply.outcome()));
      switch (reply.outcome()) {
        case OK -> {
          readElsewhere(element, reply.member());
          forgotten.add(element);
          if (forgotten.size() > FORGOTTEN_ASKED) {
            forgotten.removeFirst();
          }
        }
        case REFUSED -> there.add(element);
        case UNKNOWN -> {}
      }
    }
  }

  /** Counters that all clients read and write back on condition that they are unchanged. */
  static final class Counters extends Work {
    Counters(SdkClient client, Load.Ledger ledger) {
      super(client, ledger);
    }

    @Override
    void step() {
      Subject.Counter counter = ledger.anyCounter(client.random());
      Reply read = sound(counter.ask(client, null), 200);
      ledger.add(counter.read(read));
      if (read.status() != 200) {
        return;
      }
      int next = Integer.parseInt(Subject.Counter.count(read)) + 1;
      JsonObject change = new JsonObject().put("metadata", new JsonObject().put("count", next));
      Request update =
          new Request(
              "PUT",
              counter.path("update"),
              change,
              Map.of("If-Match", read.etag(), "Idempotency-Key", client.drawKey()),
              NodeProcess.ROOT_KEY);
      Reply reply = sound(client.send(update, null), 200, 412);
      // Once the version is another, no try of this request can be done any more.
      Outcome outcome = reply.status() == 412 ? Outcome.REFUSED : reply.outcome();
      ledger.add(reply.change(Kind.INCREMENT, counter.key(), "", outcome));
    }
  }

  /** Keys of the API that are made, used, revoked, and tried again. */
  static final class ApiKeys extends Work {
    private static final int AT_A_TIME = 2;

    private final List<Subject.ApiKey> granted = new ArrayList<>();

    ApiKeys(SdkClient client, Load.Ledger ledger) {
      super(client, ledger);
    }

    @Override
    void step() {
      if (granted.size() < AT_A_TIME) {
        grant();
      } else {
        revoke(granted.removeFirst());
      }
    }

    private void grant() {
      JsonObject grant = new JsonObject().put("namespace", "*").put("scope", "read");
      JsonObject body =
          new JsonObject().put("name", "a key").put("grants", new JsonArray().add(grant));
      Reply reply = sound(client.send(Request.post("/admin/keys", body), null), 200, 201);
      if (reply.outcome() == Outcome.OK) {
        JsonObject made = reply.json();
        var key = new Subject.ApiKey(made.getString("key_id"), made.getString("key"));
        ledger.add(reply.change(Kind.WRITE, key.key(), Subject.ApiKey.GRANTED, Outcome.OK));
        ledger.keep(key);
        granted.add(key);
        readElsewhere(key, reply.member());
      }
    }

    private void revoke(Subject.ApiKey key) {
      Request request =
          new Request("DELETE", "/admin/keys/" + key.id(), null, Map.of(), NodeProcess.ROOT_KEY);
      Reply reply = sound(client.send(request, null), 200, 404);
      // It was there, so an answer that it is not comes from a try before this one.
      Outcome outcome = reply.status() == 404 ? Outcome.OK : reply.outcome();
      ledger.add(reply.change(Kind.WRITE, key.key(), Operation.ABSENT, outcome));
      switch (outcome) {
        case OK -> {
          readElsewhere(key, reply.member());
          readElsewhere(key, reply.member());
        }
        case REFUSED -> granted.add(key);
        case UNKNOWN -> {}
      }
    }
  }
}
