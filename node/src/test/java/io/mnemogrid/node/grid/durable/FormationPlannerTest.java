package io.mnemogrid.node.grid.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.log.restart.RestartReport.Absences;
import io.mnemogrid.node.log.restart.StoredCopy;
import io.mnemogrid.node.log.restart.Trust;
import io.mnemogrid.node.model.Stamp;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One partition of a cluster of three, whose writes are on two before they are answered. */
class FormationPlannerTest {
  private static final FormationTerms TERMS = new FormationTerms(3, 2, 1, false);
  private static final FormationTerms ALONE = new FormationTerms(1, 1, 1, false);
  private static final ClusterShape SHAPE = new ClusterShape(7, 1, 3, 2);
  private static final Absences SURE = new Absences(Map.of(), Trust.WHOLE);
  private static final UUID A = new UUID(0, 1);
  private static final UUID B = new UUID(0, 2);
  private static final UUID C = new UUID(0, 3);

  private static Inventory with(UUID member, long sequence, Trust trust) {
    String why = trust == Trust.WHOLE ? "" : "it is damaged";
    StoredCopy copy = new StoredCopy(0, new Stamp(1, 1, sequence), trust, why);
    return new Inventory(member, SHAPE, false, Map.of(0, copy), SURE, "", 0);
  }

  private static Inventory with(UUID member, long sequence) {
    return with(member, sequence, Trust.WHOLE);
  }

  private static Inventory alone(Trust trust) {
    return alone(with(A, 9, trust).copies(), SURE);
  }

  private static Inventory alone(Map<Integer, StoredCopy> copies, Absences absences) {
    return new Inventory(
        A, new ClusterShape(7, 1, 1, 1), false, copies, absences, "a file is damaged", 0);
  }

  private static Inventory without(UUID member) {
    return without(member, Trust.WHOLE);
  }

  private static Inventory without(UUID member, Trust trust) {
    return new Inventory(
        member, SHAPE, false, Map.of(), new Absences(Map.of(), trust), "a file is damaged", 0);
  }

  private static Inventory blank(UUID member) {
    return new Inventory(member, null, true, Map.of(), SURE, "", 0);
  }

  private static FormationPlan plan(Inventory... here) {
    return ((Formation.Formed) FormationPlanner.of(1, List.of(here), TERMS)).plan();
  }

  private static String reason(FormationTerms terms, Inventory... here) {
    return ((Formation.Waiting) FormationPlanner.of(1, List.of(here), terms)).reasons().getFirst();
  }

  @Test
  void aNewClusterBeginsOnceAllAreHereAsTheOthersMayHaveFiles() {
    assertThat(reason(TERMS, blank(A), blank(B)))
        .startsWith("2 of 3 nodes are here, none of them with files")
        .endsWith("begins when all are here, or with 2 where data.acceptLoss is true");
    FormationPlan plan = plan(blank(A), blank(B), blank(C));
    assertThat(plan.incarnation()).isEqualTo(1);
    assertThat(plan.partitions().getFirst().isEmpty()).isTrue();
    assertThat(plan.partitions().getFirst().replicas()).containsExactlyInAnyOrder(A, B, C);
  }

  @Test
  void filesOfAnotherClusterAreNotTakenForThoseOfThisOneHoweverNewTheyAre() {
    Inventory foreign =
        new Inventory(B, new ClusterShape(8, 1, 3, 2), false, with(B, 9).copies(), SURE, "", 0);
    assertThat(reason(TERMS, with(A, 7), foreign, with(C, 7)))
        .contains("of several clusters (0000000000000007 at 2, 0000000000000008 at 1)");
    assertThat(plan(with(A, 7), with(B, 7)).cluster()).isEqualTo(7);
    assertThat(plan(blank(A), blank(B), blank(C)).cluster())
        .isNotEqualTo(plan(blank(A), blank(B), blank(C)).cluster());
  }

  @Test
  void aNewClusterThatMayLoseWhatOthersHaveBeginsOnceAWriteCouldBeAnswered() {
    FormationTerms accepting = new FormationTerms(3, 2, 1, true);
    assertThat(reason(accepting, blank(A))).startsWith("1 of 3 nodes are here");
    assertThat(FormationPlanner.of(1, List.of(blank(A), blank(B)), accepting))
        .isInstanceOf(Formation.Formed.class);
  }

  /** A start may have come to nothing after one member has logged of it, who is not here now. */
  @Test
  void anIncarnationThatAnyMemberHasNotedIsNotGivenAgain() {
    FormationPlan plan = plan(with(A, 7), with(B, 7).agreedTo(6));
    assertThat(plan.incarnation()).isEqualTo(7);
    assertThat(TERMS.areMet(plan, List.of(with(A, 7).agreedTo(7), with(B, 7).agreedTo(6))))
        .isFalse();
    assertThat(TERMS.areMet(plan, List.of(with(A, 7).agreedTo(7), with(C, 7).agreedTo(7))))
        .as("one that is not to begin with the plan")
        .isFalse();
    assertThat(TERMS.areMet(plan, List.of(with(A, 7).agreedTo(7), with(B, 7).agreedTo(7))))
        .isTrue();
    assertThat(ALONE.areMet(plan, List.of(with(A, 7).agreedTo(7)))).isTrue();
  }

  /** Should the holder be lost before it has brought others what it has, that one goes on. */
  @Test
  void whoLacksOnlyUnansweredWritesComesNextAfterTheHolders() {
    StoredCopy alone = new StoredCopy(0, new Stamp(1, 1, 4), Trust.WHOLE, "");
    StoredCopy nine = new StoredCopy(1, new Stamp(1, 1, 9), Trust.WHOLE, "");
    StoredCopy eight = new StoredCopy(1, new Stamp(1, 1, 8), Trust.WHOLE, "");
    StoredCopy ofAnotherTable = new StoredCopy(1, new Stamp(1, 0, 8), Trust.WHOLE, "");
    for (StoredCopy near : List.of(eight, ofAnotherTable)) {
      FormationPlan plan =
          ((Formation.Formed)
                  FormationPlanner.of(
                      2,
                      List.of(
                          new Inventory(A, SHAPE, false, Map.of(1, nine), SURE, "", 0),
                          new Inventory(B, SHAPE, false, Map.of(0, alone, 1, near), SURE, "", 0),
                          new Inventory(C, SHAPE, false, Map.of(), SURE, "", 0)),
                      TERMS))
              .plan();
      assertThat(plan.partitions().getFirst().replicas().getFirst()).isEqualTo(B);
      assertThat(plan.partitions().get(1).replicas())
          .isEqualTo(near.equals(eight) ? List.of(A, B, C) : List.of(A, C, B));
    }
  }

  @Test
  void aNodeOfTwoWhoseDiskIsGoneDoesNotBeginAnewWithoutTheOther() {
    FormationTerms two = new FormationTerms(2, 2, 1, false);
    assertThat(reason(two, blank(A))).startsWith("1 of 2 nodes are here, none of them with files");
  }

  @Test
  void filesThatWereSetAsideAreMissedOnlyWhenAnotherDiskIsGone() {
    StoredCopy doubt = new StoredCopy(0, Stamp.NONE, Trust.PARTIAL, "it was on its way here");
    Inventory aside = new Inventory(B, SHAPE, false, Map.of(0, doubt), SURE, "", 0);
    Inventory cutOff = new Inventory(C, null, false, Map.of(), SURE, "", 0);
    assertThat(reason(TERMS, with(A, 7), aside)).contains("1 of them");
    assertThat(plan(with(A, 7), aside, with(C, 7)).partitions().getFirst().holders())
        .containsExactly(A, C);
    assertThat(plan(with(A, 7), aside, without(C, Trust.UNSYNCED)).partitions().getFirst())
        .extracting(FormationPlan.Row::holders)
        .isEqualTo(List.of(A));
    for (Inventory lost : List.of(blank(C), cutOff)) {
      assertThat(reason(TERMS, with(A, 7), aside, lost))
          .contains("cannot be brought back as it was")
          .contains("data.acceptLoss");
    }
  }

  @Test
  void theNewestCopyOwnsAndOlderOnesAreNotHeld() {
    FormationPlan plan = plan(with(A, 7), with(B, 9), without(C));
    assertThat(plan.partitions().getFirst().replicas().getFirst()).isEqualTo(B);
    assertThat(plan.partitions().getFirst().holders()).containsExactly(B);
    assertThat(plan.incarnation()).isEqualTo(2);
    assertThat(plan.stamp(0)).isEqualTo(new Stamp(2, 1, 9));
  }

  @Test
  void equalCopiesAreAllHeldAndOneOwns() {
    assertThat(plan(with(A, 9), with(B, 9)).partitions().getFirst().holders())
        .containsExactly(A, B);
  }

  @Test
  void oneMemberMayBeMissing() {
    assertThat(plan(with(A, 9), without(C)).partitions().getFirst().holders()).containsExactly(A);
  }

  @Test
  void twoMembersMayNot() {
    assertThat(reason(TERMS, with(A, 9)))
        .startsWith("partition 0 may have writes that only nodes have which are not here: 1 of 3");
  }

  @Test
  void aLostDiskCountsAsAMissingMember() {
    assertThat(plan(with(A, 9), without(B), blank(C)).partitions().getFirst().holders())
        .containsExactly(A);
    assertThat(reason(TERMS, with(A, 9), blank(C))).contains("2 of 3 nodes are here, 1 of them");
  }

  @Test
  void aCopyOnItsWayDoesNotVouchForAnything() {
    assertThat(reason(TERMS, with(A, 7), with(B, 9, Trust.PARTIAL))).contains("1 of them");
    assertThat(plan(with(A, 9), with(B, 9, Trust.PARTIAL), without(C)).partitions().getFirst())
        .extracting(FormationPlan.Row::holders)
        .isEqualTo(List.of(A));
  }

  @Test
  void whenAllAreHereTheNewestCountsUnlessThereWasANewerOne() {
    assertThat(
            plan(with(A, 9), blank(B), with(C, 8, Trust.PARTIAL)).partitions().getFirst().holders())
        .containsExactly(A);
    assertThat(reason(TERMS, with(A, 7), blank(B), with(C, 9, Trust.PARTIAL)))
        .contains("cannot be brought back as it was (it is damaged)")
        .contains("data.acceptLoss");
  }

  @Test
  void aDamagedCopyGivesWayToASoundOneAndIsNeverTakenWithoutAWord() {
    assertThat(
            plan(with(A, 9, Trust.BROKEN), with(B, 9), without(C))
                .partitions()
                .getFirst()
                .holders())
        .containsExactly(B);
    assertThat(reason(ALONE, alone(Trust.BROKEN))).contains("it is damaged");
    assertThat(reason(ALONE, alone(Trust.DOUBTFUL))).contains("it is damaged");
    Formation accepted =
        FormationPlanner.of(1, List.of(alone(Trust.BROKEN)), new FormationTerms(1, 1, 1, true));
    assertThat(((Formation.Formed) accepted).plan().partitions().getFirst().holders())
        .containsExactly(A);
  }

  @Test
  void aMemberThatMayHaveLostACopyWithItsFilesDoesNotVouchThatItHadNone() {
    assertThat(reason(TERMS, with(A, 7), without(B, Trust.DOUBTFUL))).contains("1 of them");
    assertThat(reason(TERMS, with(A, 7), without(B, Trust.DOUBTFUL), blank(C)))
        .contains("cannot be brought back as it was (a file is damaged)")
        .contains("data.acceptLoss");
    assertThat(reason(ALONE, alone(Map.of(), new Absences(Map.of(0, Trust.DOUBTFUL), Trust.WHOLE))))
        .contains("a file is damaged");
    assertThat(plan(with(A, 9), without(B, Trust.DOUBTFUL), without(C)).partitions().getFirst())
        .extracting(FormationPlan.Row::holders)
        .isEqualTo(List.of(A));
    assertThat(plan(with(A, 9), without(B, Trust.UNSYNCED), blank(C)).partitions().getFirst())
        .extracting(FormationPlan.Row::holders)
        .isEqualTo(List.of(A));
  }

  @Test
  void whatALossOfPowerMayTakeIsTakenOnceAllAreHere() {
    Inventory[] all = {with(A, 9, Trust.UNSYNCED), with(B, 8, Trust.UNSYNCED), without(C)};
    assertThat(plan(all).partitions().getFirst().holders()).containsExactly(A);
    assertThat(reason(TERMS, all[0], all[1])).contains("0 of them");
  }

  @Test
  void partitionsAreOwnedEvenly() {
    List<Inventory> blank = List.of(blank(A), blank(B), blank(C));
    FormationPlan plan = ((Formation.Formed) FormationPlanner.of(30, blank, TERMS)).plan();
    assertThat(plan.partitions().stream().filter(row -> row.replicas().getFirst().equals(A)))
        .hasSize(10);
  }

  @Test
  void aClusterThatIsSetToAnotherSizeSaysSoUnlessALossIsAccepted() {
    Inventory[] here = {with(A, 9), with(B, 9)};
    assertThat(reason(new FormationTerms(5, 2, 1, false), here))
        .contains("of a cluster of 3 nodes with cluster.minReplicas 2")
        .contains("set to 5 nodes and 2");
    assertThat(reason(new FormationTerms(3, 1, 1, false), here)).contains("set to 3 nodes and 1");
    assertThat(FormationPlanner.of(1, List.of(here), new FormationTerms(5, 2, 1, true)))
        .isInstanceOf(Formation.Formed.class);
  }
}
