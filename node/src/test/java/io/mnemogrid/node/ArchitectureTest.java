package io.mnemogrid.node;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.mnemogrid.node.model.StreamSafe;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may use which, and where each vendor's types stay. */
class ArchitectureTest {
  private static final String NODE = "io.mnemogrid.node";
  private static final String OURS = "io.mnemogrid..";
  private static final String VECTOR_INDEX = "io.mnemogrid.vector..";

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.mnemogrid");

  /** A package of the node, what of ours it may use besides itself. {@code app} may use it all. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("config", List.of()),
          Map.entry("model", List.of()),
          Map.entry("access", List.of("model")),
          Map.entry("recall", List.of("model")),
          Map.entry("memory", List.of("model", "access", "recall")),
          Map.entry("backup", List.of("memory", "model", "access")),
          Map.entry("lexical", List.of("model")),
          Map.entry("embed", List.of("memory", "model", "config")),
          Map.entry("grid", List.of("memory", "access", "recall", "lexical", "model", "log")),
          Map.entry("log", List.of("model")),
          Map.entry("http", List.of("memory", "backup", "access", "model", "config")));

  /** A vendor, and the packages of the node that may name its types. */
  private static final Map<String, List<String>> VENDORS =
      Map.ofEntries(
          Map.entry("com.hazelcast..", List.of("grid", "app")),
          Map.entry("io.vertx..", List.of("http", "app")),
          Map.entry("io.netty..", List.of("http")),
          Map.entry("ai.onnxruntime..", List.of("embed")),
          Map.entry("ai.djl..", List.of("embed")),
          Map.entry("org.apache.lucene..", List.of("lexical")),
          Map.entry("org.eclipse.collections..", List.of("lexical", "grid", "embed")),
          Map.entry("org.yaml..", List.of("config", "http")),
          Map.entry("com.fasterxml.jackson..", List.of("embed", "http", "backup")),
          Map.entry("com.google.re2j..", List.of("http", "grid")),
          Map.entry("org.agrona..", List.of()));

  /** Packages of rules and values alone: testable without any library or machine. */
  private static final List<String> PURE = List.of("model", "access", "recall", "memory");

  static Stream<String> packages() {
    return MAY_USE.keySet().stream().sorted();
  }

  static Stream<String> vendors() {
    return VENDORS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageUsesOnlyWhatTheTableGivesIt(String name) {
    var allowed =
        Stream.concat(Stream.of(name), MAY_USE.get(name).stream())
            .map(ArchitectureTest::within)
            .toList();
    var reach = resideInAnyPackage(allowed.toArray(String[]::new));
    if (name.equals("grid")) {
      reach = reach.or(resideInAPackage(VECTOR_INDEX));
    }
    classes()
        .that()
        .resideInAPackage(within(name))
        .should()
        .onlyDependOnClassesThat(reach.or(not(resideInAPackage(OURS))))
        .because("the table of packages gives it no more")
        .check(CODE);
  }

  @Test
  void everyPackageHasARowInTheTable() {
    Set<String> found = new TreeSet<>();
    CODE.forEach(type -> {
      if (type.getPackageName().startsWith(NODE + ".")) {
        found.add(type.getPackageName().substring(NODE.length() + 1).replaceAll("\\..*", ""));
      }
    });
    found.removeAll(MAY_USE.keySet());
    found.remove("app");
    assertThat(found).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("vendors")
  void aVendorsTypesStayWhereTheyBelong(String vendor) {
    String[] homes =
        VENDORS.get(vendor).stream().map(ArchitectureTest::within).toArray(String[]::new);
    noClasses()
        .that(resideInAPackage(NODE + "..").and(not(resideInAnyPackage(homes))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(vendor)
        .because("an adapter can be replaced only while nothing else knows its vendor")
        .check(CODE);
  }

  @Test
  void rulesAndValuesKnowNoLibrary() {
    classes()
        .that()
        .resideInAnyPackage(PURE.stream().map(ArchitectureTest::within).toArray(String[]::new))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(NODE + "..", "java..", "org.jspecify.annotations..")
        .because("store, recall and access rules must be testable without a cluster")
        .check(CODE);
  }

  @Test
  void unicodeIsNormalizedInLinearTime() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(StreamSafe.class)
        .should()
        .callMethod(Normalizer.class, "normalize", CharSequence.class, Normalizer.Form.class)
        .because("the JDK sorts a run of marks in time by the square of its length")
        .check(CODE);
  }

  @Test
  void thereAreNoCycles() {
    slices().matching(NODE + ".(**)").should().beFreeOfCycles().check(CODE);
  }

  @Test
  void onlyTheProcessAndTheSettingsReadTheEnvironment() {
    noClasses()
        .that(
            resideInAPackage(NODE + "..")
                .and(not(resideInAnyPackage(within("config"), within("app")))))
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .because("a setting that the report of errors does not know cannot be checked")
        .check(CODE);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .that()
        .resideInAPackage(NODE + "..")
        .should()
        .haveNameMatching(".*(Impl|Manager|Utils?|Helper|Base)")
        .check(CODE);
  }

  @Test
  void everyPackageIsNullMarked() {
    List<String> unmarked =
        CODE.getPackage(NODE).getSubpackagesInTree().stream()
            .filter(one -> !one.getClasses().isEmpty())
            .filter(one -> !one.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList();
    assertThat(unmarked).isEmpty();
  }

  private static String within(String name) {
    return NODE + "." + name + "..";
  }
}
