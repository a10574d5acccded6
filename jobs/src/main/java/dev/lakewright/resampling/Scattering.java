package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import dev.lakewright.lake.ColumnNames;
import dev.lakewright.model.ExactMoments;
import dev.lakewright.sampling.Draws;
import dev.lakewright.spread.Derivation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * The smoothed bootstrap: numbers of copies scatter about those of their source by the normal
 * kernel of the width {@code smoothing × (4 / ((columns + 2) × rows))^(1 / (columns + 4)) ×
 * deviation of the column in the class} (Silverman, 1986, equation 4.14; ROSE: Menardi and Torelli,
 * 2014).
 *
 * @param numbers columns that scatter
 * @param widths per class, by the columns
 */
record Scattering(List<String> numbers, Map<String, double[]> widths, long seed)
    implements ResampledColumns.Values {

  /**
   * @param smoothing above 0
   * @param grown classes that get copies
   */
  static Scattering of(
      SourceTable source, Tally tally, List<String> grown, double smoothing, long seed) {
    List<String> numbers = source.data().numeric();
    long rows = Arrays.stream(tally.counts().counts()).sum();
    double columns = numbers.size();
    double constant = smoothing * StrictMath.pow(4 / ((columns + 2) * rows), 1 / (columns + 4));
    Map<String, double[]> widths = new HashMap<>();
    moments(source, numbers, grown)
        .forEach(
            (label, moments) ->
                widths.put(
                    label,
                    Arrays.stream(moments)
                        .mapToDouble(each -> constant * Math.sqrt(each.variance()))
                        .toArray()));
    return new Scattering(numbers, widths, seed);
  }

  private static Map<String, ExactMoments[]> moments(
      SourceTable source, List<String> numbers, List<String> grown) {
    List<Column> columns = new ArrayList<>(List.of(col(ColumnNames.LABEL)));
    numbers.forEach(name -> columns.add(ColumnNames.quoted(name).cast("double")));
    Dataset<Row> rows =
        source
            .labelled()
            .where(col(ColumnNames.LABEL).isin(grown.toArray()))
            .select(columns.toArray(Column[]::new));
    int width = numbers.size();
    return rows.toJavaRDD()
        .mapPartitions(part -> List.of(moments(part, width)).iterator())
        .fold(new HashMap<>(), Scattering::merge);
  }

  private static HashMap<String, ExactMoments[]> moments(Iterator<Row> rows, int width) {
    HashMap<String, ExactMoments[]> moments = new HashMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      ExactMoments[] ofClass = moments.computeIfAbsent(row.getString(0), label -> none(width));
      for (int i = 0; i < width; i++) {
        ofClass[i].add(row.getDouble(1 + i));
      }
    }
    return moments;
  }

  private static ExactMoments[] none(int width) {
    ExactMoments[] moments = new ExactMoments[width];
    Arrays.setAll(moments, i -> new ExactMoments());
    return moments;
  }

  private static HashMap<String, ExactMoments[]> merge(
      HashMap<String, ExactMoments[]> into, HashMap<String, ExactMoments[]> from) {
    from.forEach(
        (label, moments) -> {
          ExactMoments[] sums = into.computeIfAbsent(label, absent -> none(moments.length));
          for (int i = 0; i < sums.length; i++) {
            sums[i].merge(moments[i]);
          }
        });
    return into;
  }

  @Override
  public Column of(StructField field, Column ofSource) {
    int place = numbers.indexOf(field.name());
    if (place < 0) {
      return ofSource;
    }
    Column scattered = ofSource.cast("double").plus(width(place).multiply(deviate(place)));
    return when(Derivation.isMade(), NumberTypes.fit(scattered, field.dataType()))
        .otherwise(ofSource);
  }

  private Column width(int place) {
    Column width = lit(0.0);
    for (Map.Entry<String, double[]> each : widths.entrySet()) {
      width = when(SmallestHashes.isClass(each.getKey()), each.getValue()[place]).otherwise(width);
    }
    return width;
  }

  /** A standard normal number that depends on row, copy and column alone. */
  private Column deviate(int place) {
    Draws draws = new Draws(seed);
    int columns = numbers.size();
    UDF3<Long, Integer, Integer, Double> normal =
        (key, copy, column) -> draws.normal(key, (long) copy * columns + column);
    return udf(normal, DataTypes.DoubleType)
        .apply(col(ColumnNames.KEY), col(Derivation.NUMBER), lit(place));
  }
}
