package io.mnemogrid.node.http;

import static io.mnemogrid.node.http.ApiClient.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters as clients send them, on every route that takes one. */
class FilterRoutesTest extends WholeNodeTest {
  private static final String RECALL = "/v1/memory/recall";
  private static final String SELECT = "/v1/memories/recall/batch";
  private static final String FORGET = "/v1/memories/forget/batch";
  private static final int DIMENSION = 8;
  private static final int RARE = 1_000;
  private static final long SEED = 77;

  @BeforeAll
  static void storeTheShelf() {
    store(
        "apple",
        "{'metadata':{'project':'x','price':10,'ripe':true,'from':{'country':'Italy','farms':[{'name':'A'},{'name':'B'}]}},"
            + "'tags':['fruit','red'],'importance':0.3,'session_id':'s1','memory_type':'semantic'}");
    store(
        "pear",
        "{'metadata':{'project':'x','price':10.5,'note':null,'sizes':['s','m']},'tags':['fruit'],'importance':0.8}");
    store(
        "plum",
        "{'metadata':{'project':'Y','price':'free','picked':'2026-01-31T12:00:00+02:00','version':'1.2'},'tags':[],'importance':0.8,'valid_from':100}");
    store("stone", "{'importance':1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | apple pear plum stone",
        "{'project':'x'} | apple pear",
        "{'metadata.project':'x'} | apple pear",
        "{'project':{'$ne':'x'}} | plum stone",
        "{'project':{'$in':['Y','z']}} | plum",
        "{'project':{'$nin':['Y','z']}} | apple pear stone",
        "{'price':{'$gt':10}} | pear",
        "{'price':{'$gte':10,'$lt':10.5}} | apple",
        "{'price':10.0} | apple",
        "{'price':{'$exists':true}} | apple pear plum",
        "{'price':{'$exists':false}} | stone",
        "{'note':null} | apple pear plum stone",
        "{'note':{'$exists':true}} | pear",
        "{'ripe':true} | apple",
        "{'ripe':{'$ne':true}} | pear plum stone",
        "{'from.country':'Italy'} | apple",
        "{'from.farms.name':'B'} | apple",
        "{'from':{'$exists':true}} | apple",
        "{'sizes':'m'} | pear",
        "{'sizes':{'$contains':'m'}} | pear",
        "{'sizes':{'$arrayContainsAll':['m','s']}} | pear",
        "{'sizes':{'$arrayContainsAll':['m','l']}} | ",
        "{'sizes':{'$arrayContainsAny':['m','l']}} | pear",
        "{'project':{'$arrayContains':'x'}} | ",
        "{'project':{'$icontains':'y'}} | plum",
        "{'project':{'$glob':'[xy]'}} | apple pear",
        "{'project':{'$regex':'(?i)^y$'}} | plum",
        "{'project':{'$startsWith':'Y'}} | plum",
        "{'from.country':{'$endsWith':'ly'}} | apple",
        "{'picked':{'$gt':'2026-01-31T09:59:59Z','$lt':'2026-01-31T10:00:01Z'}} | plum",
        "{'id':{'$in':['plum','stone']}} | plum stone",
        "{'content':{'$contains':'about an app'}} | apple",
        "{'memory_type':'semantic'} | apple",
        "{'memory_type':{'$ne':'semantic'}} | pear plum stone",
        "{'importance':0.8} | pear plum",
        "{'importance':{'$gt':0.3}} | pear plum stone",
        "{'importance':{'$lte':0.3}} | apple",
        "{'tags':'fruit'} | apple pear",
        "{'tags':{'$arrayContainsAll':['red','fruit']}} | apple",
        "{'tags':{'$ne':'red'}} | pear plum stone",
        "{'session_id':'s1'} | apple",
        "{'session_id':null} | pear plum stone",
        "{'session_id':{'$exists':true}} | apple",
        "{'valid_from':{'$lte':'1970-01-01T00:01:40Z'}} | plum",
        "{'expires_at':{'$exists':true}} | ",
        "{'created_at':{'$gt':'2020-01-01'}} | apple pear plum stone",
        "{'valid_from':{'$gte':'1970-01-01'}} | plum",
        "{'valid_from':{'$lte':'1970-01-01'}} | plum",
        "{'valid_from':{'$lt':'1970-01-01'}} | ",
        "{'valid_from':{'$gt':'1970-01-01'}} | ",
        "{'updated_at':{'$lt':1500000000}} | ",
        "{'version':1} | apple pear plum stone",
        "{'metadata.version':'1.2'} | plum",
        "{'author':'root'} | apple pear plum stone",
        "{'provenance.author':{'$ne':'root'}} | ",
        "{'provenance.origin':'stored'} | apple pear plum stone",
        "{'$or':[{'price':10},{'importance':1}]} | apple stone",
        "{'$and':[{'project':'x'},{'price':{'$gt':1}}],'ripe':true} | apple",
        "{'$not':{'project':'x'}} | plum stone",
        "{'price':{'$not':{'$gt':10}}} | apple plum stone",
        "{'$or':[{'$and':[{'project':'x'},{'$not':{'ripe':true}}]},{'valid_from':100}]} | pear plum",
      })
  void everyRouteFindsWhatTheFilterIsFor(String filter, String ids) {
    List<String> wanted = ids == null ? List.of() : List.of(ids.split(" "));
    JsonObject ask = here("shelf").put("query", "fruit").put("filter", json(filter));
    for (String route : List.of(RECALL, "/v1/memory/search")) {
      JsonArray hits = root.post(route, ask).expect(200).memories();
      assertThat(hits.stream().map(hit -> ((JsonObject) hit).getJsonObject("memory")))
          .extracting(memory -> memory.getString("id"))
          .containsExactlyInAnyOrderElementsOf(wanted);
    }
    JsonObject where = here("shelf").put("filter", new JsonObject().put("where", json(filter)));
    ApiClient.Reply selected = root.post(SELECT, where).expect(200);
    assertThat(selected.memories())
        .extracting(memory -> ((JsonObject) memory).getString("id"))
        .containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(selected.body().getInteger("filtered")).isEqualTo(wanted.size());
    assertThat(selected.body().getInteger("total")).isEqualTo(4);
  }

  @Test
  void aFilterNarrowsTheNamedFieldsFurther() {
    JsonObject ask = here("shelf").put("query", "fruit").put("filter", json("{'project':'x'}"));
    assertThat(found(ask.copy().put("tags", new JsonArray().add("red")))).containsExactly("apple");
    assertThat(found(ask.copy().put("min_importance", 0.5))).containsExactly("pear");
    assertThat(found(ask.copy().put("since", "2090-01-01"))).isEmpty();
    assertThat(found(ask.copy().put("until", "2090-01-01"))).hasSize(2);
    JsonObject select = json("{'min_importance':0.5,'where':{'project':'x'}}");
    assertThat(root.post(SELECT, here("shelf").put("filter", select)).expect(200).memories())
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'price':{'$gt':true}}",
        "{'price':{'$foo':1}}",
        "{'$nor':[]}",
        "{'a':{'$regex':'('}}",
        "{'a':{'$regex':'(((a{1000}){1000}){1000}){1000}'}}",
        "{'a':{'b':1}}",
        "{'importance':'high'}",
        "{'namespace':'other'}",
      })
  void aBadFilterIsRefusedByEveryRouteAndChangesNothing(String filter) {
    String before = root.state();
    String first = json(filter).fieldNames().iterator().next();
    ApiClient.Reply recall =
        root.post(RECALL, here("shelf").put("query", "x").put("filter", json(filter)));
    recall.refused(400, "INVALID_REQUEST");
    assertThat(recall.details()).contains("filter." + first).contains(" must ");
    JsonObject where = here("shelf").put("filter", new JsonObject().put("where", json(filter)));
    for (ApiClient.Reply reply :
        List.of(root.post(SELECT, where), root.send("DELETE", FORGET, where.encode()))) {
      reply.refused(400, "INVALID_REQUEST");
      assertThat(reply.details()).contains("filter.where." + first);
    }
    assertThat(root.state()).isEqualTo(before);
  }

  @Test
  void aFieldThatABatchFilterDoesNotKnowIsRefusedRatherThanIgnored() {
    JsonObject filter = json("{'min_importance':0,'project':'x'}");
    for (ApiClient.Reply reply :
        List.of(
            root.post(SELECT, here("shelf").put("filter", filter)),
            root.send("DELETE", FORGET, here("shelf").put("filter", filter).encode()))) {
      reply.refused(400, "INVALID_REQUEST");
      assertThat(reply.details()).contains("filter.project must be one of").contains("where");
    }
  }

  @Test
  void whatPassesIsForgottenAndNothingElse() {
    JsonArray rows = new JsonArray();
    for (int i = 0; i < 300; i++) {
      rows.add(
          new JsonObject()
              .put("id", "row-" + i)
              .put("content", "row " + i)
              .put("metadata", new JsonObject().put("i", i).put("even", i % 2 == 0)));
    }
    root.post("/v1/memories/store/batch", here("rows").put("memories", rows)).expect(200);
    for (String all : List.of("{}", "{'where':{}}", "{'where':{'$and':[{}]}}")) {
      root.send("DELETE", FORGET, here("rows").put("filter", json(all)).encode())
          .refused(400, "INVALID_REQUEST");
    }
    JsonObject filter = json("{'where':{'even':true,'i':{'$gte':100}}}");
    assertThat(
            root.send("DELETE", FORGET, here("rows").put("filter", filter).encode())
                .expect(200)
                .body()
                .getInteger("deleted_count"))
        .isEqualTo(100);
    JsonArray left = root.post(SELECT, here("rows").put("limit", 1_000)).expect(200).memories();
    assertThat(left)
        .extracting(row -> ((JsonObject) row).getJsonObject("metadata").getInteger("i"))
        .hasSize(200)
        .allMatch(i -> i < 100 || i % 2 == 1);
  }

  @Test
  void aFilterSeesNothingOfAnotherNamespace() {
    JsonObject secret = json("{'content':'secret','metadata':{'project':'x'}}");
    root.post("/v1/memory/store", secret.put("namespace", "hidden")).expect(200);
    ApiClient reader = root.keyWith("shelf-reader", grant("shelf", "read"));
    JsonObject ask = new JsonObject().put("query", "secret").put("filter", json("{'project':'x'}"));
    assertThat(reader.post(RECALL, ask.copy().put("namespace", "shelf")).expect(200).memories())
        .hasSize(2);
    for (String name : List.of("hidden", "nowhere")) {
      reader
          .post(RECALL, ask.copy().put("namespace", name))
          .refused(403, "NAMESPACE_ACCESS_DENIED");
      reader
          .post(RECALL, ask.copy().put("namespace", name).put("filter", json("{'$foo':1}")))
          .refused(403, "NAMESPACE_ACCESS_DENIED");
    }
  }

  /** One shard grows out of scans here; sixteen stay small. */
  @ParameterizedTest
  @ValueSource(ints = {1, 16})
  void asManyComeBackAsAreWantedWheneverSoManyPass(int shards) {
    String namespace = "rare-" + shards;
    root.post(
            "/v1/namespaces",
            new JsonObject()
                .put("name", namespace)
                .put("dimension", DIMENSION)
                .put("shards", shards))
        .expect(201);
    SplittableRandom random = new SplittableRandom(SEED);
    int count = 3 * RARE;
    for (int from = 0; from < count; from += 1_000) {
      JsonArray rows = new JsonArray();
      for (int i = from; i < from + 1_000; i++) {
        JsonObject metadata =
            new JsonObject().put("rare", i % RARE == 7).put("tenth", i % 10 == 3).put("i", i);
        rows.add(
            new JsonObject()
                .put("id", "m" + i)
                .put("content", "row")
                .put("embedding", vector(random))
                .put("metadata", metadata));
      }
      root.post("/v1/memories/store/batch", here(namespace).put("memories", rows)).expect(200);
    }
    for (int ask = 0; ask < 10; ask++) {
      JsonObject question = here(namespace).put("embedding", vector(random));
      JsonObject rare = question.copy().put("top_k", 10).put("filter", json("{'rare':true}"));
      assertThat(found(rare))
          .as("seed %d, question %d", SEED, ask)
          .containsExactlyInAnyOrder("m7", "m1007", "m2007");
      assertThat(found(rare.put("top_k", 2))).hasSize(2);
      JsonObject tenth = question.copy().put("top_k", 200).put("filter", json("{'tenth':true}"));
      assertThat(found(tenth)).hasSize(200).allMatch(id -> id.endsWith("3"));
      JsonObject none = question.copy().put("filter", json("{'i':-1}"));
      assertThat(found(none)).isEmpty();
    }
  }

  private static List<String> found(JsonObject ask) {
    ApiClient.Reply reply = root.post(RECALL, ask).expect(200);
    assertThat(reply.body().getBoolean("complete")).isTrue();
    return reply.memories().stream()
        .map(hit -> ((JsonObject) hit).getJsonObject("memory").getString("id"))
        .collect(Collectors.toList());
  }

  private static void store(String id, String fields) {
    JsonObject memory = json(fields).put("namespace", "shelf").put("id", id);
    root.post("/v1/memory/store", memory.put("content", "This is about an " + id)).expect(200);
  }

  private static JsonArray vector(SplittableRandom random) {
    return new JsonArray(Stream.generate(random::nextGaussian).limit(DIMENSION).toList());
  }

  private static JsonObject here(String namespace) {
    return new JsonObject().put("namespace", namespace);
  }

  private static JsonObject json(String text) {
    return new JsonObject(text.replace('\'', '"'));
  }
}
