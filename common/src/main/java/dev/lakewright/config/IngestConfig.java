package dev.lakewright.config;

import java.util.Map;
import java.util.Optional;

/** What {@code ingest} reads. */
public record IngestConfig(
    @Key(doc = "File, folder or glob to read; .gz files are unpacked") Optional<String> input,
    @Key(doc = "Format of the input", fallback = "csv") Format format,
    @Key(doc = "Field delimiter of csv", fallback = "\",\"") String delimiter,
    @Key(doc = "Whether csv files start with a line of column names", fallback = "true")
        boolean header,
    @Key(
            doc =
                "Folder name to label, for text-folders and mail-folders; default: the folder's name")
        Map<String, String> labels,
    @Key(doc = "Delta table for bad records; default: the table's path with _quarantine appended")
        Optional<String> quarantine,
    @Key(
            doc = "Column that keeps the file a record came from; files already there are skipped",
            fallback = "_source")
        String sourceColumn) {

  /** Input formats. */
  public enum Format {
    CSV,
    JSONL,
    PARQUET,
    TEXT_FOLDERS,
    MAIL_FOLDERS
  }
}
