package dev.lakewright.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.config.Folds;
import dev.lakewright.config.NgramConfig;
import dev.lakewright.lake.ColumnNames;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.model.BagSpace;
import dev.lakewright.model.FeatureCounter;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.RecordSchema;
import dev.lakewright.model.Vocabulary;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * The terms that any fold may need, per space of mode vocabulary: the union over folds of each
 * fold's most frequent training terms. Which of them a fold uses is decided by its own statistics,
 * so that no validation row has a say.
 */
public final class Vocabularies implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final StructType TERMS =
      new StructType()
          .add("space", DataTypes.IntegerType)
          .add("term", DataTypes.StringType)
          .add("part", DataTypes.IntegerType);

  private final Map<Integer, List<String>> terms;
  private transient volatile Map<Integer, Vocabulary> vocabularies;

  private Vocabularies(Map<Integer, List<String>> terms) {
    this.terms = terms;
  }

  /** Vocabulary of each space of mode vocabulary, by the space's place. */
  public Map<Integer, Vocabulary> bySpace() {
    if (vocabularies == null) {
      Map<Integer, Vocabulary> built = new LinkedHashMap<>();
      terms.forEach((space, list) -> built.put(space, Vocabulary.of(list)));
      vocabularies = built;
    }
    return vocabularies;
  }

  /** Those that a featurizer has. */
  public static Vocabularies of(Featurizer featurizer) {
    LinkedHashMap<Integer, List<String>> terms = new LinkedHashMap<>();
    featurizer
        .vocabularies()
        .forEach(
            (space, vocabulary) ->
                terms.put(
                    space,
                    IntStream.range(0, vocabulary.size()).mapToObj(vocabulary::term).toList()));
    return new Vocabularies(terms);
  }

  /** Counts terms where there is such a space; else there is nothing to do. */
  public static Vocabularies learn(LabelledRows rows, FeaturesConfig config, Folds folds) {
    List<BagSpace> spaces = BagSpace.of(config, rows.schema());
    List<Integer> learnt = new ArrayList<>();
    for (int space = 0; space < spaces.size(); space++) {
      if (spaces.get(space).config().mode() == NgramConfig.Mode.VOCABULARY) {
        learnt.add(space);
      }
    }
    if (learnt.isEmpty()) {
      return new Vocabularies(new LinkedHashMap<>());
    }
    Dataset<Row> frequencies =
        documentFrequencies(rows, config, learnt, folds).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      LinkedHashMap<Integer, List<String>> terms = new LinkedHashMap<>();
      for (int space : learnt) {
        terms.put(space, candidates(frequencies, space, spaces.get(space).config(), folds));
      }
      return new Vocabularies(terms);
    } finally {
      frequencies.unpersist();
    }
  }

  /** Columns space, term, total and p0, p1, ...: rows that hold the term, in all and per part. */
  private static Dataset<Row> documentFrequencies(
      LabelledRows rows, FeaturesConfig config, List<Integer> spaces, Folds folds) {
    RowReader reader = new RowReader(rows.schema(), rows.training().schema());
    RecordSchema schema = rows.schema();
    int place = rows.training().schema().fieldIndex(ColumnNames.FOLD);
    List<Column> perPart = new ArrayList<>();
    for (int part = 0; part < folds.parts(); part++) {
      perPart.add(sum(when(col("part").equalTo(part), 1L).otherwise(0L)).as("p" + part));
    }
    return rows.training()
        .sparkSession()
        .createDataFrame(
            rows.training()
                .toJavaRDD()
                .mapPartitions(some -> terms(some, reader, config, schema, spaces, place)),
            TERMS)
        .groupBy("space", "term")
        .agg(count(lit(1)).as("total"), perPart.toArray(Column[]::new));
  }

  private static Iterator<Row> terms(
      Iterator<Row> rows,
      RowReader reader,
      FeaturesConfig config,
      RecordSchema schema,
      List<Integer> spaces,
      int place) {
    FeatureCounter counter = new FeatureCounter(config, schema, Map.of());
    Iterator<Iterator<Row>> perRow =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return rows.hasNext();
          }

          @Override
          public Iterator<Row> next() {
            Row row = rows.next();
            List<Row> found = new ArrayList<>();
            for (int space : spaces) {
              counter.distinctTerms(
                  reader.read(row),
                  space,
                  term -> found.add(RowFactory.create(space, term, row.getInt(place))));
            }
            return found.iterator();
          }
        };
    return new Flattened<>(perRow);
  }

  private static List<String> candidates(
      Dataset<Row> frequencies, int space, NgramConfig config, Folds folds) {
    TreeSet<String> union = new TreeSet<>();
    Dataset<Row> ofSpace = frequencies.where(col("space").equalTo(space));
    union.addAll(top(ofSpace, col("total"), config));
    for (int fold = 0; fold < folds.count(); fold++) {
      union.addAll(top(ofSpace, trainingRows(folds, fold), config));
    }
    return List.copyOf(union);
  }

  /** Rows that hold the term, of those that train without a fold. */
  private static Column trainingRows(Folds folds, int without) {
    return IntStream.range(0, folds.parts())
        .filter(part -> folds.train(part, without))
        .mapToObj(part -> col("p" + part))
        .reduce(lit(0L), Column::plus);
  }

  private static List<String> top(Dataset<Row> ofSpace, Column frequency, NgramConfig config) {
    return ofSpace
        .where(frequency.geq(config.minDf()))
        .orderBy(frequency.desc(), col("term"))
        .limit(config.maxTerms())
        .select("term")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /** One iterator after the other. */
  private static final class Flattened<T> implements Iterator<T> {
    private final Iterator<Iterator<T>> parts;
    private Iterator<T> part = java.util.Collections.emptyIterator();

    Flattened(Iterator<Iterator<T>> parts) {
      this.parts = parts;
    }

    @Override
    public boolean hasNext() {
      while (!part.hasNext() && parts.hasNext()) {
        part = parts.next();
      }
      return part.hasNext();
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException();
      }
      return part.next();
    }
  }
}
