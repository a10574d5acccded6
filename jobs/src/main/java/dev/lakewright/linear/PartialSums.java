package dev.lakewright.linear;

import dev.lakewright.matrix.RowMatrix;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What a part of the rows has to say to some passes: sums that are added up, part by part in a
 * fixed order, and divided by the sum of weights in the end.
 */
@SuppressWarnings("ArrayRecordComponent")
public record PartialSums(double[] losses, double[][] sums, double[][] curvatures)
    implements Serializable {

  private static final double[] UNSCALED = {1};

  /**
   * A question as it travels to the rows.
   *
   * @param point {@code features × outputs} weights, then {@code outputs} intercepts
   * @param direction of a product; else null
   */
  public record Question(Pass.Kind kind, LinearProblem problem, double[] point, double[] direction)
      implements Serializable {

    /** What a pass asks. */
    public static Question of(Pass pass) {
      return new Question(pass.kind(), pass.problem(), pass.point(), pass.direction());
    }
  }

  /** Zeros for so many questions. */
  public static PartialSums zero(List<Question> questions) {
    double[][] sums = new double[questions.size()][];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = new double[questions.get(i).point().length];
    }
    return new PartialSums(new double[questions.size()], sums, new double[questions.size()][]);
  }

  /**
   * Adds the sums over a few rows.
   *
   * @param rows with the columns of the questions' points
   * @param columns of as many features as the rows have
   * @param which places of the questions that these rows have a say in
   */
  public void add(
      RowMatrix rows, BlockColumns columns, int classes, List<Question> questions, int[] which) {
    RowMatrix renumbered = columns.renumber(rows);
    int[] occurring = columns.columns();
    for (int i : which) {
      add(renumbered, occurring, classes, questions.get(i), i);
    }
  }

  private void add(RowMatrix rows, int[] columns, int classes, Question question, int place) {
    int outputs = Loss.outputs(classes);
    double[] point = gather(question.point(), columns, outputs);
    Pass pass = new Pass(question.problem(), 0);
    double[] result = new double[point.length];
    double[] interceptSums = new double[outputs];
    if (question.kind() == Pass.Kind.PRODUCT || question.kind() == Pass.Kind.DIAGONAL) {
      pass.ask(Pass.Kind.LOSS, point, null);
      pass.keepCurvature();
      new RowKernel(rows, classes, List.of(pass), UNSCALED)
          .accumulate(point, intercepts(point, outputs), result, interceptSums);
    }
    double[] direction =
        question.kind() == Pass.Kind.PRODUCT
            ? gather(question.direction(), columns, outputs)
            : point;
    pass.ask(question.kind(), point, direction);
    RowKernel kernel = new RowKernel(rows, classes, List.of(pass), UNSCALED);
    if (question.kind() == Pass.Kind.DIAGONAL) {
      kernel.accumulateDiagonal(result, interceptSums);
    } else {
      kernel.accumulate(direction, intercepts(direction, outputs), result, interceptSums);
      losses[place] += kernel.lossSums()[0];
      curvatures[place] = sum(curvatures[place], kernel.curvatureSums(0));
    }
    System.arraycopy(interceptSums, 0, result, columns.length * outputs, outputs);
    scatter(result, columns, outputs, sums[place]);
  }

  private static double[] intercepts(double[] vector, int outputs) {
    return Arrays.copyOfRange(vector, vector.length - outputs, vector.length);
  }

  private static double[] gather(double[] vector, int[] columns, int outputs) {
    double[] gathered = new double[(columns.length + 1) * outputs];
    for (int i = 0; i < columns.length; i++) {
      System.arraycopy(vector, columns[i] * outputs, gathered, i * outputs, outputs);
    }
    System.arraycopy(vector, vector.length - outputs, gathered, columns.length * outputs, outputs);
    return gathered;
  }

  private static void scatter(double[] gathered, int[] columns, int outputs, double[] to) {
    for (int i = 0; i < columns.length; i++) {
      for (int k = 0; k < outputs; k++) {
        to[columns[i] * outputs + k] += gathered[i * outputs + k];
      }
    }
    for (int k = 0; k < outputs; k++) {
      to[to.length - outputs + k] += gathered[columns.length * outputs + k];
    }
  }

  private static double[] sum(double[] left, double[] right) {
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    for (int k = 0; k < left.length; k++) {
      left[k] += right[k];
    }
    return left;
  }

  /** Adds the sums of the rows that follow. */
  public PartialSums add(PartialSums next) {
    for (int i = 0; i < losses.length; i++) {
      losses[i] += next.losses[i];
      curvatures[i] = sum(curvatures[i], next.curvatures[i]);
      for (int j = 0; j < sums[i].length; j++) {
        sums[i][j] += next.sums[i][j];
      }
    }
    return this;
  }

  /** Answers a pass. */
  public void answer(int place, Pass pass, double totalWeight) {
    pass.answer(losses[place] / totalWeight);
    if (curvatures[place] != null) {
      pass.answerCurvatures(
          Arrays.stream(curvatures[place]).map(sum -> sum / totalWeight).toArray());
    }
    double[] result = pass.result();
    for (int j = 0; j < result.length; j++) {
      result[j] = sums[place][j] / totalWeight;
    }
  }
}
