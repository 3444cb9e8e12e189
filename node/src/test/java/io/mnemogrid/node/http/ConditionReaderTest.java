package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.model.Condition;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the author of a filter reads when it is wrong, and where its limits are. */
class ConditionReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'price':{'$gt':true}} | filter.price.$gt must be a string or a number, was true",
        "{'price':{'$gt':null}} | filter.price.$gt must be a string or a number, was null",
        "{'price':{'$foo':1}} | filter.price.$foo must be one of $eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, $exists, $contains, $icontains, $startsWith, $endsWith, $glob, $regex, $arrayContains, $arrayContainsAll, $arrayContainsAny, $not",
        "{'price':{}} | filter.price must be an object of operators, was an object of 0 fields",
        "{'user':{'name':'x'}} | filter.user.name must be an operator; a field inside another is named by its path, as \"user.name\"",
        "{'a':[1]} | filter.a must be a string, a number, true or false, or null, was an array of 1 items",
        "{'a':{'$eq':{}}} | filter.a.$eq must be a string, a number, true or false, or null, was an object of 0 fields",
        "{'a':{'$in':'x'}} | filter.a.$in must be an array of 0 to 1000 items, was \"x\"",
        "{'a':{'$in':[1,[]]}} | filter.a.$in[1] must be a string, a number, true or false, or null, was an array of 0 items",
        "{'a':{'$exists':1}} | filter.a.$exists must be true or false, was 1",
        "{'a':{'$startsWith':1}} | filter.a.$startsWith must be a string, was 1",
        "{'a':{'$contains':null}} | filter.a.$contains must be a string, a number, true or false, was null",
        "{'a':{'$regex':'('}} | filter.a.$regex must be a regular expression in RE2's syntax (missing closing )), was \"(\"",
        "{'a':{'$glob':'[a'}} | filter.a.$glob must be a pattern in which '[' must be closed by ']', or written '\\[', was \"[a\"",
        "{'a':{'$arrayContainsAll':[]}} | filter.a.$arrayContainsAll must be an array of 1 to 1000 items, was an array of 0 items",
        "{'a':{'$not':1}} | filter.a.$not must be an object of operators, was 1",
        "{'$and':[]} | filter.$and must be an array of at least 1 object of conditions, was an array of 0 items",
        "{'$or':{'a':1}} | filter.$or must be an array of at least 1 object of conditions, was an object of 1 fields",
        "{'$or':[{'a':1},2]} | filter.$or[1] must be an object of conditions, was 2",
        "{'$or':[{'a':1},{'b':{'$lt':[]}}]} | filter.$or[1].b.$lt must be a string or a number, was an array of 0 items",
        "{'$not':[]} | filter.$not must be an object of conditions, was an array of 0 items",
        "{'':1} | filter. must be $and, $or, $not or the name of a field",
        "{'$nor':[{'a':1}]} | filter.$nor must be $and, $or, $not or the name of a field",
        "{'memory_type':'semantik'} | filter.memory_type must be one of episodic, semantic, procedural, working, strategic, or null, was \"semantik\" (memory_type in the metadata is metadata.memory_type)",
        "{'importance':{'$gte':'high'}} | filter.importance.$gte must be a number, was \"high\" (importance in the metadata is metadata.importance)",
        "{'importance':{'$glob':'*'}} | filter.importance.$glob must not be at importance: it is for strings and arrays of them (importance in the metadata is metadata.importance)",
        "{'content':{'$arrayContains':'x'}} | filter.content.$arrayContains must not be at content: it is for arrays (content in the metadata is metadata.content)",
        "{'version':'1.2'} | filter.version must be a number, or null, was \"1.2\" (version in the metadata is metadata.version)",
        "{'created_at':{'$lt':'yesterday'}} | filter.created_at.$lt must be unix seconds or an ISO-8601 time, as 2026-01-31T12:00:00Z, was \"yesterday\" (created_at in the metadata is metadata.created_at)",
        "{'provenance.origin':'magic'} | filter.provenance.origin must be one of stored, published, imported, restored, or null, was \"magic\"",
        "{'tags':{'$contains':7}} | filter.tags.$contains must be a string, was 7 (tags in the metadata is metadata.tags)",
      })
  void aComplaintSaysWhereWhatAndWhatWouldBeRight(String filter, String details) {
    assertThatThrownBy(() -> read(filter))
        .isInstanceOfSatisfying(
            RequestRefused.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(400);
              assertThat(refused.problem().details()).isEqualTo(details);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "namespace",
        "agent_id",
        "access_count",
        "last_accessed_at",
        "metadata",
        "provenance",
        "provenance.content_sha256",
        "provenance.color"
      })
  void aFieldWithoutConditionsIsNotTakenForOneOfTheMetadata(String name) {
    assertThatThrownBy(() -> read("{'" + name + "':'x'}"))
        .isInstanceOfSatisfying(
            RequestRefused.class,
            refused ->
                assertThat(refused.problem().details())
                    .startsWith("filter." + name + " must be one of author, content, ")
                    .endsWith("or a field of the metadata, as metadata." + name));
    read("{'metadata." + name + "':'x'}");
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    assertThatThrownBy(() -> read("{'a':{'$gt':[],'$foo':1},'$and':[{'b':{'$in':1}}]}"))
        .isInstanceOfSatisfying(
            RequestRefused.class,
            refused ->
                assertThat(refused.problem().details())
                    .contains("filter.a.$gt", "filter.a.$foo", "filter.$and[0].b.$in"));
  }

  @Test
  void aFilterThatHoldsOfEveryMemoryIsNone() {
    for (String all :
        new String[] {"{}", "{'$and':[{}]}", "{'$or':[{'a':1},{}]}", "{'$not':{'$not':{}}}"}) {
      assertThat(read(all)).as(all).isEqualTo(Condition.ALWAYS);
    }
    assertThat(ConditionReader.read(null, "filter")).isEqualTo(Condition.ALWAYS);
  }

  @Test
  void limitsHoldAtTheLimitAndNotOnePastIt() {
    read(nested("'$not':{", 8));
    refuses(nested("'$not':{", 9), "filter.$not.$not", "not be inside more than 8");
    read("{'a':{" + "'$not':{".repeat(8) + "'$gt':1" + "}".repeat(10));
    refuses(
        "{'a':{" + "'$not':{".repeat(9) + "'$gt':1" + "}".repeat(11),
        "filter.a.$not",
        "not be inside more than 8");
    read("{'$or':[" + "{'a':1},".repeat(99) + "{'a':1}]}");
    refuses("{'$or':[" + "{'a':1},".repeat(100) + "{'a':1}]}", "filter", "at most 100 conditions");
    read("{'$or':[" + "{'a':{'$regex':'x'}},".repeat(7) + "{'a':{'$regex':'x'}}]}");
    refuses(
        "{'$or':[" + "{'a':{'$regex':'x'}},".repeat(8) + "{'a':{'$regex':'x'}}]}",
        "filter",
        "$regex at most 8 times");
    read("{'a':{'$in':[" + "1,".repeat(999) + "1]}}");
    refuses("{'a':{'$in':[" + "1,".repeat(1_000) + "1]}}", "filter.a.$in", "0 to 1000 items");
    read("{'a':{'$glob':'" + "?".repeat(256) + "'}}");
    refuses("{'a':{'$glob':'" + "?".repeat(257) + "'}}", "filter.a.$glob", "256 characters");
  }

  private static String nested(String opening, int times) {
    return "{" + opening.repeat(times) + "'a':1" + "}".repeat(times + 1);
  }

  private static void refuses(String filter, String path, String says) {
    assertThatThrownBy(() -> read(filter))
        .isInstanceOfSatisfying(
            RequestRefused.class,
            refused -> assertThat(refused.problem().details()).contains(path).contains(says));
  }

  private static Condition read(String filter) {
    byte[] json = filter.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ConditionReader.read(JsonText.parse(json), "filter");
  }
}
