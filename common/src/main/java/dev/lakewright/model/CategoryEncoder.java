package dev.lakewright.model;

import dev.lakewright.text.MurmurHash3;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A categorical column into features; a missing value is a value of its own. */
sealed interface CategoryEncoder extends Serializable {

  int size();

  void encode(String category, int offset, SparseVector out);

  String describe(String column, int feature);

  /**
   * One feature per value; values not listed have none.
   *
   * @param missing whether the last feature stands for a missing value
   */
  record OneHot(List<String> values, boolean missing, Map<String, Integer> places)
      implements CategoryEncoder {

    static OneHot of(List<String> values, boolean missing) {
      Map<String, Integer> places = new HashMap<>();
      for (int i = 0; i < values.size(); i++) {
        places.put(values.get(i), i);
      }
      return new OneHot(List.copyOf(values), missing, places);
    }

    @Override
    public int size() {
      return values.size() + (missing ? 1 : 0);
    }

    @Override
    public void encode(String category, int offset, SparseVector out) {
      if (category == null) {
        if (missing) {
          out.add(offset + values.size(), 1);
        }
        return;
      }
      Integer place = places.get(category);
      if (place != null) {
        out.add(offset + place, 1);
      }
    }

    @Override
    public String describe(String column, int feature) {
      return feature == values.size()
          ? column + " is missing"
          : column + " = " + values.get(feature);
    }
  }

  /** One of 2^bits features by hash. */
  record Hashed(int bits) implements CategoryEncoder {

    private static final int MISSING_SEED = 1;

    @Override
    public int size() {
      return 1 << bits;
    }

    @Override
    public void encode(String category, int offset, SparseVector out) {
      byte[] bytes = category == null ? new byte[0] : category.getBytes(StandardCharsets.UTF_8);
      int hash = MurmurHash3.hash32(bytes, 0, bytes.length, category == null ? MISSING_SEED : 0);
      out.add(offset + (hash & size() - 1), 1);
    }

    @Override
    public String describe(String column, int feature) {
      return column + " bucket " + feature;
    }
  }
}
