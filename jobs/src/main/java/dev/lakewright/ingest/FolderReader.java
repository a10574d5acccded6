package dev.lakewright.ingest;

import dev.lakewright.config.IngestConfig;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * One record per file, its folder's name being its label: plain texts, or mails. Files are read
 * many to a task.
 */
final class FolderReader {

  private static final long BYTES_PER_TASK = 4 << 20;

  private static final StructType TEXT =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("label", DataTypes.StringType)
          .add("text", DataTypes.StringType);

  private static final StructType MAIL =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("label", DataTypes.StringType)
          .add("subject", DataTypes.StringType)
          .add("body", DataTypes.StringType)
          .add("from", DataTypes.StringType)
          .add("to", DataTypes.StringType)
          .add("date", DataTypes.TimestampType)
          .add("attachments", DataTypes.IntegerType)
          .add("has_html", DataTypes.BooleanType)
          .add("problems", DataTypes.StringType);

  private final SparkSession spark;
  private final Map<String, String> labels;

  /**
   * @param labels folder name to label; other folders are labels themselves
   */
  FolderReader(SparkSession spark, Map<String, String> labels) {
    this.spark = spark;
    this.labels = Map.copyOf(labels);
  }

  /** Reads the files, with the column that keeps their source. */
  Dataset<Row> read(List<InputFile> files, IngestConfig.Format format, String sourceColumn) {
    boolean mail = format == IngestConfig.Format.MAIL_FOLDERS;
    StructType schema = (mail ? MAIL : TEXT).add(sourceColumn, DataTypes.StringType);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(
            new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()));
    Map<String, String> names = labels;
    List<List<InputFile>> tasks = tasks(files);
    return spark.createDataFrame(
        context
            .parallelize(tasks, tasks.size())
            .flatMap(
                part -> {
                  Configuration configuration = hadoop.value().value();
                  return part.stream()
                      .map(
                          file ->
                              mail
                                  ? mail(file, names, configuration)
                                  : text(file, names, configuration))
                      .iterator();
                }),
        schema);
  }

  private static List<List<InputFile>> tasks(List<InputFile> files) {
    List<List<InputFile>> tasks = new ArrayList<>();
    List<InputFile> task = new ArrayList<>();
    long bytes = 0;
    for (InputFile file : files) {
      task.add(file);
      bytes += file.bytes();
      if (bytes >= BYTES_PER_TASK) {
        tasks.add(task);
        task = new ArrayList<>();
        bytes = 0;
      }
    }
    if (!task.isEmpty()) {
      tasks.add(task);
    }
    return tasks;
  }

  private static String id(InputFile file) {
    return file.folder() + "/" + file.name();
  }

  private static Row text(InputFile file, Map<String, String> labels, Configuration hadoop) {
    String text = TextDecoding.decode(FileContent.read(file, hadoop), null).replace("\0", "");
    return RowFactory.create(
        id(file), labels.getOrDefault(file.folder(), file.folder()), text, file.source());
  }

  private static Row mail(InputFile file, Map<String, String> labels, Configuration hadoop) {
    MailMessage mail = MailParser.parse(FileContent.read(file, hadoop));
    return RowFactory.create(
        id(file),
        labels.getOrDefault(file.folder(), file.folder()),
        mail.subject(),
        mail.body(),
        mail.from(),
        mail.to(),
        mail.date() == MailMessage.NO_DATE ? null : new Timestamp(mail.date()),
        mail.attachments(),
        mail.html(),
        mail.problems(),
        file.source());
  }
}
