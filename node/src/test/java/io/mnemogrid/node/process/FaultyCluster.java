package io.mnemogrid.node.process;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Nodes in processes of their own that are killed, stopped, paused and cut off, and come again. */
final class FaultyCluster {
  private final Nodes nodes;
  private final Network network;
  private final Map<String, String> common = new HashMap<>();
  private final List<Member> members = new ArrayList<>();
  private final List<Member> serving = new CopyOnWriteArrayList<>();

  /**
   * Starts the nodes and waits until they are one cluster.
   *
   * @param settings of all of them
   */
  FaultyCluster(Nodes nodes, Network network, int size, Map<String, String> settings) {
    this.nodes = nodes;
    this.network = network;
    common.putAll(settings);
    common.put("MNEMOGRID_EMBED_MODEL", NodeProcess.SMALLEST_MODEL);
    common.put("MNEMOGRID_CLUSTER_NAME", "test-" + System.nanoTime());
    for (int i = 0; i < size; i++) {
      members.add(new Member(i, network.place(i)));
    }
    common.put(
        "MNEMOGRID_CLUSTER_MEMBERS",
        members.stream()
            .map(member -> member.place.clusterHost() + ":" + member.place.clusterPort())
            .collect(Collectors.joining(",")));
    members.forEach(Member::launch);
    awaitWhole();
    serving.addAll(members);
  }

  /** One member, in whichever process it is at the moment. */
  final class Member {
    private final int number;
    private final Network.Place place;

    /** Its own, and the same each time it starts. */
    private final String data = "target/node-data/" + UUID.randomUUID();

    private volatile @Nullable NodeProcess process;
    private volatile URI address = URI.create("http://127.0.0.1");

    Member(int number, Network.Place place) {
      this.number = number;
      this.place = place;
    }

    int number() {
      return number;
    }

    String name() {
      return "node-" + (char) ('a' + number);
    }

    /** Where clients reach it, or reached it last. */
    URI address() {
      return address;
    }

    private NodeProcess process() {
      return Objects.requireNonNull(process, "not launched");
    }

    private void launch() {
      Map<String, String> settings = new HashMap<>(common);
      settings.put("MNEMOGRID_CLUSTER_HOST", place.clusterHost());
      settings.put("MNEMOGRID_CLUSTER_PORT", Integer.toString(place.clusterPort()));
      settings.put("MNEMOGRID_HTTP_HOST", place.httpHost());
      settings.put("MNEMOGRID_DATA_DIR", data);
      List<String> command = new ArrayList<>(place.commandPrefix());
      command.addAll(NodeProcess.quickCommand());
      process = nodes.launch(name(), command, settings);
    }

    /** Waits until it serves in a cluster of all members. */
    private void awaitReady() {
      nodes.awaitReady(process(), members.size());
      address = process().address();
    }

    private ApiClient.Answer health() {
      return new ApiClient(address, "").get("/health/ready");
    }
  }

  int size() {
    return members.size();
  }

  Member member(int number) {
    return members.get(number);
  }

  /** Members that a client may ask: all but those that have ended and are not ready again. */
  List<Member> serving() {
    return List.copyOf(serving);
  }

  void kill(Member member) {
    member.process().kill();
    member.process().awaitExit();
    serving.remove(member);
  }

  /** Has it hand over what it has, and end. */
  void leave(Member member) {
    member.process().stop();
    member.process().awaitExit();
    serving.remove(member);
  }

  /** Starts it anew and waits until it serves. */
  void join(Member member) {
    member.launch();
    member.awaitReady();
    serving.add(member);
  }

  /** Starts it anew and waits until the others have taken it in, and begin to give it data. */
  void beginToJoin(Member member) {
    member.launch();
    awaitOthers(member, health -> size(health) == members.size());
  }

  void pause(Member member) {
    member.process().pause();
  }

  void resume(Member member) {
    member.process().resume();
  }

  /** Cuts it off from the others, but not from clients. */
  void cut(Member member) {
    network.cut(member.number);
  }

  void heal(Member member) {
    network.heal(member.number);
  }

  /** Waits until all members but this one go on without it. */
  void awaitDropped(Member member) {
    awaitOthers(member, health -> health.status() == 200 && size(health) == members.size() - 1);
  }

  /** Waits until the member itself says that it does not serve. */
  void awaitRefusing(Member member) {
    await(member.name() + " to refuse").until(() -> member.health().status() == 503);
  }

  /** Waits until all members serve in one cluster. */
  void awaitWhole() {
    members.forEach(Member::awaitReady);
  }

  private void awaitOthers(Member of, Predicate<ApiClient.Answer> health) {
    await("all but " + of.name())
        .until(() ->
            members.stream()
                .filter(member -> member != of)
                .allMatch(member -> health.test(member.health())));
  }

  private static int size(ApiClient.Answer health) {
    return health.json().getInteger("cluster_size");
  }
}
