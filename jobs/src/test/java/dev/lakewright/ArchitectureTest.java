package dev.lakewright;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of docs/design.md that concern jobs: packages depend downward only. */
@AnalyzeClasses(packages = "dev.lakewright", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule PACKAGES_DEPEND_DOWNWARD =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("lake")
          .definedBy("dev.lakewright.lake")
          .layer("ingest")
          .definedBy("dev.lakewright.ingest")
          .layer("features")
          .definedBy("dev.lakewright.features")
          .layer("matrix")
          .definedBy("dev.lakewright.matrix")
          .layer("augmentation")
          .definedBy("dev.lakewright.augmentation")
          .layer("neighbours")
          .definedBy("dev.lakewright.neighbours")
          .layer("sampling")
          .definedBy("dev.lakewright.sampling")
          .layer("linear")
          .definedBy("dev.lakewright.linear")
          .layer("search")
          .definedBy("dev.lakewright.search")
          .layer("ensemble")
          .definedBy("dev.lakewright.ensemble")
          .layer("spread")
          .definedBy("dev.lakewright.spread")
          .layer("tuning")
          .definedBy("dev.lakewright.tuning")
          .layer("resampling")
          .definedBy("dev.lakewright.resampling")
          .layer("scoring")
          .definedBy("dev.lakewright.scoring")
          .layer("training")
          .definedBy("dev.lakewright.training")
          .layer("retrain")
          .definedBy("dev.lakewright.retrain")
          .layer("stream")
          .definedBy("dev.lakewright.stream")
          .layer("comparison")
          .definedBy("dev.lakewright.comparison")
          .layer("ml")
          .definedBy("dev.lakewright.ml")
          .layer("jobs")
          .definedBy("dev.lakewright.jobs")
          .whereLayer("lake")
          .mayNotAccessAnyLayer()
          .whereLayer("matrix")
          .mayNotAccessAnyLayer()
          .whereLayer("augmentation")
          .mayOnlyAccessLayers("matrix")
          .whereLayer("neighbours")
          .mayOnlyAccessLayers("matrix")
          .whereLayer("linear")
          .mayOnlyAccessLayers("matrix")
          .whereLayer("sampling")
          .mayOnlyAccessLayers("matrix", "neighbours")
          .whereLayer("ensemble")
          .mayOnlyAccessLayers("matrix", "linear", "sampling")
          .whereLayer("search")
          .mayNotAccessAnyLayer()
          .whereLayer("ingest")
          .mayOnlyAccessLayers("lake")
          .whereLayer("features")
          .mayOnlyAccessLayers("lake", "augmentation")
          .whereLayer("scoring")
          .mayOnlyAccessLayers("lake", "features")
          .whereLayer("tuning")
          .mayOnlyAccessLayers(
              "lake",
              "features",
              "matrix",
              "augmentation",
              "sampling",
              "linear",
              "ensemble",
              "search",
              "neighbours",
              "spread")
          .whereLayer("spread")
          .mayOnlyAccessLayers("lake", "matrix", "neighbours", "sampling")
          .whereLayer("training")
          .mayOnlyAccessLayers("lake", "features", "linear", "tuning")
          .whereLayer("retrain")
          .mayOnlyAccessLayers(
              "lake", "features", "matrix", "sampling", "linear", "tuning", "scoring")
          .whereLayer("stream")
          .mayOnlyAccessLayers("lake", "features", "matrix", "sampling", "linear", "tuning")
          .whereLayer("comparison")
          .mayOnlyAccessLayers("lake", "search", "tuning", "scoring", "training")
          .whereLayer("resampling")
          .mayOnlyAccessLayers("lake", "matrix", "neighbours", "sampling", "spread", "tuning")
          .whereLayer("ml")
          .mayOnlyAccessLayers("matrix", "linear", "tuning")
          .whereLayer("jobs")
          .mayNotBeAccessedByAnyLayer();
}
