package dev.lakewright.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The columns a model reads, by kind; a {@link FeatureRecord} holds their values in this order. */
public record RecordSchema(List<String> text, List<String> numeric, List<String> categorical)
    implements Serializable {

  public RecordSchema {
    text = List.copyOf(text);
    numeric = List.copyOf(numeric);
    categorical = List.copyOf(categorical);
  }

  /** All columns: text, then numeric, then categorical. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>(text);
    columns.addAll(numeric);
    columns.addAll(categorical);
    return columns;
  }
}
