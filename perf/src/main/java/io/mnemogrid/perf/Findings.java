package io.mnemogrid.perf;

import java.util.SplittableRandom;

/** Short texts such as agents store. */
final class Findings {
  private static final String[] TEXTS = {
    "The staging database is restored from the nightly dump at two in the morning",
    "Dana prefers the summary first and the reasons after it",
    "The invoice service answers 409 when the same order is sent twice",
    "Users in Brazil see prices without tax until they log in",
    "The build broke because the mirror dropped an old version of the parser",
    "Retrying a payment is safe as long as the request id stays the same",
    "The customer wants the report as a table, not as a chart",
    "Queries over more than a year of logs run into the gateway's timeout",
    "The warehouse in Rotterdam counts pallets, all the others count boxes",
    "Feature flags are read once at start, so a change needs a restart",
    "The second paragraph of the contract excludes weekends from the deadline",
    "Search is slow on Mondays since the index is merged on Sunday night",
    "The model mixes up the two Springfields unless the state is given",
    "Legal asked that no e-mail address is kept longer than thirty days",
    "The sensor in hall four reports Fahrenheit, all the others Celsius",
    "Half of the failed logins come from one outdated mobile release",
    "The translation of the manual is reviewed by Aiko before it is printed",
    "Deployments are frozen from the twentieth of December until the New Year",
    "The old endpoint still gets three requests a minute from a cron job",
    "A cache in front of the catalogue cut its load to a tenth",
  };

  private Findings() {}

  static String any(SplittableRandom random) {
    return TEXTS[random.nextInt(TEXTS.length)] + " (seen " + random.nextInt(10_000) + " times)";
  }
}
