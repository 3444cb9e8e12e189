package io.mnemogrid.vector;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The package table of this module as a test: who may use whom, and who may use what. */
class ArchitectureTest {
  private static final String ROOT = "io.mnemogrid.vector";

  /** Every package below the public one, with what it may use besides the JDK. */
  private static final Map<String, List<String>> MAY_USE =
      Map.of(
          "memory", List.of(),
          "kernel", List.of("memory"),
          "rows", List.of("memory", "kernel"),
          "codes", List.of("memory", "kernel", "rows"),
          "hnsw", List.of("memory", "rows"),
          "snapshot", List.of("memory", "rows", "hnsw"));

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void everyPackageUsesOnlyWhatTheTableSays() {
    MAY_USE.forEach((name, uses) -> {
      String[] others =
          MAY_USE.keySet().stream()
              .filter(other -> !other.equals(name) && !uses.contains(other))
              .map(other -> ROOT + "." + other)
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(ROOT + "." + name)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage(ROOT)
          .allowEmptyShould(true)
          .check(OURS);
    });
  }

  @Test
  void thereAreNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void nothingComesFromOutsideButAgrona() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "..", "java..", "jdk.incubator.vector", "org.agrona..", "org.jspecify..")
        .check(OURS);
  }

  @Test
  void theVectorApiIsNamedInTheSimdKernelsOnly() {
    noClasses()
        .that()
        .haveNameNotMatching(ROOT + "[.]kernel[.]Simd.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector")
        .because("loading it fails on a JVM without the incubator module")
        .check(OURS);
  }
}
