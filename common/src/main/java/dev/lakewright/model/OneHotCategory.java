package dev.lakewright.model;

import java.util.HashMap;
import java.util.List;

/**
 * A category as one feature per known value, of which the record's own is 1; an unknown value has
 * none. Where the training rows had missing values, missing is the last feature.
 */
final class OneHotCategory implements FeatureGroup {

  private static final long serialVersionUID = 1L;

  private final int column;
  private final String name;
  private final List<String> values;
  private final boolean missing;
  private final HashMap<String, Integer> places = new HashMap<>();

  OneHotCategory(int column, String name, List<String> values, boolean missing) {
    this.column = column;
    this.name = name;
    this.values = List.copyOf(values);
    this.missing = missing;
    for (String value : this.values) {
      if (places.put(value, places.size()) != null) {
        throw new IllegalArgumentException(
            "categories must be distinct, not twice '" + value + "'");
      }
    }
  }

  @Override
  public int size() {
    return values.size() + (missing ? 1 : 0);
  }

  @Override
  public void weigh(FeatureCounts in, int first, SparseVector out) {
    String value = in.categories()[column];
    if (value != null) {
      Integer known = places.get(value);
      if (known != null) {
        out.add(first + known, 1);
      }
    } else if (missing) {
      out.add(first + values.size(), 1);
    }
  }

  @Override
  public boolean isCategory() {
    return true;
  }

  @Override
  public int[] placesIn(FeatureGroup other) {
    OneHotCategory category = (OneHotCategory) other;
    int[] in = new int[size()];
    for (int feature = 0; feature < values.size(); feature++) {
      in[feature] = category.places.getOrDefault(values.get(feature), -1);
    }
    if (missing) {
      in[values.size()] = category.missing ? category.values.size() : -1;
    }
    return in;
  }

  @Override
  public String describe(int feature) {
    return feature == values.size()
        ? name + " missing"
        : name + " = \"" + values.get(feature) + "\"";
  }

  int column() {
    return column;
  }

  List<String> values() {
    return values;
  }

  boolean hasMissing() {
    return missing;
  }
}
