package io.mnemogrid.node.recall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The key rotates on Mondays. | the key rotates on Mondays",
        "It needs a new license | it needs a new license",
        "A license is needed | a license is needed",
        "There is no way | there is no way",
        "We met, and we left. | We met, and we left",
        "The key  rotates | The key rotates",
        "caf\u00e9 | cafe\u0301"
      })
  void theSameIsSaid(String one, String other) {
    assertThat(Statement.of(one, "english")).isEqualTo(Statement.of(other, "english"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "It costs 5 euros | It costs 6 euros",
        "The key rotates on Mondays | key rotates on Mondays",
        "We people | We the people",
        "The key rotates on Mondays | The key rotates on Mondays!",
        "password: P@ss | password: P@ss!",
        "The value must be null | The value must be \"null\"",
        "Set the flag to true | Set the flag to \"true\".",
        "Use interval [a, b) | Use interval [a, b]",
        "f = 0 | f' = 0",
        "The answer is n | The answer is n!",
        "The path is /tmp/ | The path is /tmp/.",
        "The prefix is foo | The prefix is foo:",
        "The delimiter is a | The delimiter is a;",
        "Wait | Wait...",
        "It costs 5 | It costs -5",
        "It costs 5 | It costs .5",
        "It costs $5 | It costs \u20ac5",
        "Use C++ | Use C#",
        "The light is on | The light is not on",
        "Do not, stop | Do not stop",
        "You cannot, stop | You cannot stop",
        "Do 'not,' stop | Do 'not' stop",
        "Stop. Never go on | Stop never go on",
        "No! Stop | No stop",
        "Let's eat Grandma | Let's eat, Grandma",
        "Invite Ann, Lee and Bob | Invite Ann Lee and Bob",
        "It needs a new license | IT needs a new license",
        "us officials met them | US officials met them",
        "Who approved the plan | WHO approved the plan",
        "turkey is in the oven | Turkey is in the oven",
        "We met at Bank of West | We met at Bank of the West",
        "We met at bank of West | We met at bank of the West",
        "He read of Alexander the great | He read of Alexander great",
        "The Hague is far | Hague is far",
        "Don't: wait | Don't wait",
        "The light is on | The light was on",
        "Is the light on? | Is the light on",
        "Alice pays Bob | Bob pays Alice",
        "We chose Plan A | We chose plan",
        "He speaks Polish | He speaks polish",
        "Version 1.2 | Version 1.20",
        "allowed | denied",
        "I have a few friends in Rome | I have few friends in Rome",
        "There is a little hope for the project | There is little hope for the project",
        "The few friends I have | Few friends I have",
        "The most I can pay | Most I can pay",
        "The number of users | A number of users",
        "The Who played | Who played",
        "The who played | who played",
        "We chose option a | We chose option",
        "We chose option a for the launch | We chose option for the launch",
        "He lacks vitamin a | He lacks vitamin",
        "The letter 'a' is first | The letter is first",
        "The word 'the' is first | The word is first",
        "He likes the | He likes",
        "The shelf is 5' long | The shelf is 5\" long",
        "The shelf is 5\" long | The shelf is 5 long",
        "Budget is (500) | Budget is 500",
        "Budget is (500). | Budget is 500.",
        "Separator is , | Separator is ;",
        "Add : to the end | Add to the end",
        "Use !important | Use important",
        "Read .env first | Read env first",
        "The key is \" | The key is '",
        "Set x to '' | Set x to",
        "Answer: {} | Answer: []",
        "Use f() | Use f",
        "Use a[0] | Use a",
        "Write {id} | Write id",
        "Compute 5! | Compute 5",
        "... | !!!",
        "\uD83C\uDF89 done | done"
      })
  void somethingElseIsSaid(String one, String other) {
    assertThat(Statement.of(one, "english")).isNotEqualTo(Statement.of(other, "english"));
  }

  @Test
  void spacesOfProgramsAndQuotationsAreWhatIsSaid() {
    for (List<String> two :
        List.of(
            List.of("for u in users:\n  f(u)\n  g(u)", "for u in users:\n  f(u)\ng(u)"),
            List.of("  a: 1\n  b: 2", "a: 1\n  b: 2"),
            List.of("a\nb", "a b"),
            List.of("The key is \"a  b\"", "The key is \"a b\""),
            List.of("The key is `a  b`", "The key is `a b`"),
            List.of("Run grep 'a  b' here", "Run grep 'a b' here"),
            List.of("x = 1\ny =  2", "x = 1\ny = 2"))) {
      assertThat(Statement.of(two.getFirst(), "english"))
          .isNotEqualTo(Statement.of(two.getLast(), "english"));
    }
    assertThat(Statement.of("a\n b  \n\n", "english"))
        .isEqualTo(Statement.of("\na\n b", "english"));
    assertThat(Statement.of("Don't  stop", "english"))
        .isEqualTo(Statement.of("Don't stop", "english"));
  }

  @Test
  void aRunOfMarksCostsNoMoreThanItsLength() {
    // 2 s of sorting, were they all kept.
    String marks = "\u0301\u0323".repeat(25_000);
    assertThat(Statement.of("Caf" + marks + " end.", "english").words()).hasSize(2).contains("end");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"ele vai a Lisboa | ele vai Lisboa", "die Katze | Katze", "It kam | it kam"})
  void inOtherLanguagesNoWordIsAnArticle(String one, String other) {
    assertThat(Statement.of(one, "neutral")).isNotEqualTo(Statement.of(other, "neutral"));
  }
}
