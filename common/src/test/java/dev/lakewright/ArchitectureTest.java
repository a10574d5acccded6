package dev.lakewright;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of docs/design.md that concern common. */
@AnalyzeClasses(packages = "dev.lakewright", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule NEVER_REFERENCES_SPARK =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "scala..");

  @ArchTest
  static final ArchRule READS_NO_SERIALIZED_OBJECTS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.ObjectInputStream");

  @ArchTest
  static final ArchRule PACKAGES_DEPEND_DOWNWARD =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("errors")
          .definedBy("dev.lakewright.errors")
          .layer("config")
          .definedBy("dev.lakewright.config")
          .layer("text")
          .definedBy("dev.lakewright.text")
          .layer("calibration")
          .definedBy("dev.lakewright.calibration")
          .layer("metrics")
          .definedBy("dev.lakewright.metrics")
          .layer("model")
          .definedBy("dev.lakewright.model")
          .layer("atomic")
          .definedBy("dev.lakewright.atomic")
          .layer("logstore")
          .definedBy("dev.lakewright.logstore")
          .layer("registry")
          .definedBy("dev.lakewright.registry")
          .layer("tracking")
          .definedBy("dev.lakewright.tracking")
          .layer("report")
          .definedBy("dev.lakewright.report")
          .whereLayer("config")
          .mayOnlyAccessLayers("errors")
          .whereLayer("text")
          .mayOnlyAccessLayers("errors", "config")
          .whereLayer("calibration")
          .mayOnlyAccessLayers("errors", "config")
          .whereLayer("metrics")
          .mayOnlyAccessLayers("errors", "config", "calibration")
          .whereLayer("model")
          .mayOnlyAccessLayers("errors", "config", "text", "calibration")
          .whereLayer("atomic")
          .mayNotAccessAnyLayer()
          .whereLayer("logstore")
          .mayOnlyAccessLayers("atomic")
          .whereLayer("registry")
          .mayOnlyAccessLayers("errors", "atomic")
          .whereLayer("tracking")
          .mayNotAccessAnyLayer()
          .whereLayer("report")
          .mayOnlyAccessLayers("errors", "metrics");
}
