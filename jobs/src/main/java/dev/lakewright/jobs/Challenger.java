package dev.lakewright.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.report.TrainingFacts;
import java.util.List;
import java.util.Map;

/** A trained model that is not published yet. */
interface Challenger {

  /** {@code model.json}, the weights and, where rows were held out, {@code metrics.json}. */
  Map<String, byte[]> files();

  /** What the manifest tells beside the files; unlike these it may tell time and place. */
  ObjectNode facts();

  /**
   * The report.
   *
   * @param number that the version gets
   * @param status what became of the model
   * @param gates what decided that
   */
  String report(int number, String status, List<TrainingFacts.Gate> gates);
}
