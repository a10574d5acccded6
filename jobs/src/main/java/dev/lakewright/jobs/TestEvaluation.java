package dev.lakewright.jobs;

import dev.lakewright.config.EvaluationConfig;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.metrics.Evaluation;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.ClassifierStorage;
import dev.lakewright.scoring.PortableModel;
import dev.lakewright.scoring.ScoredTable;
import dev.lakewright.training.ModelAssembly;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A model measured on labelled rows.
 *
 * @param evaluation absent where there are no rows
 * @param scored rows that the figures rest on, of {@code rows}
 */
record TestEvaluation(
    Optional<Evaluation> evaluation, List<ScoredTable.Wrong> mostWrong, long scored, long rows) {

  /** On the held-out rows, with the bytes that will be published. */
  static TestEvaluation of(JobContext context, LabelledRows rows, ModelAssembly assembly) {
    if (rows.testRows() == 0) {
      return new TestEvaluation(Optional.empty(), List.of(), 0, 0);
    }
    Classifier classifier =
        assembly.withProvenance(com.fasterxml.jackson.databind.node.NullNode.getInstance());
    PortableModel model = new PortableModel(ClassifierStorage.write(classifier));
    return of(context.config().evaluation(), rows.test(), model);
  }

  /** On any labelled rows. */
  static TestEvaluation of(EvaluationConfig config, Dataset<Row> labelled, PortableModel model) {
    try (ScoredTable scored = new ScoredTable(labelled, model)) {
      long count = scored.count();
      if (count == 0) {
        return new TestEvaluation(Optional.empty(), List.of(), 0, 0);
      }
      Evaluation evaluation =
          Evaluation.of(
              scored.collect(config.maxRows()),
              config.bootstrap(),
              config.confidence(),
              config.seed());
      return new TestEvaluation(
          Optional.of(evaluation),
          scored.mostWrong(config.worst(), model.classifier().schema().columns()),
          Math.min(count, config.maxRows()),
          count);
    }
  }
}
