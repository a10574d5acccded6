package dev.lakewright.model;

/**
 * A number as one feature: {@code (x - mean) / deviation}, and 0 where the deviation is 0. What
 * does not fit a float becomes the largest one.
 *
 * @param fill stands in for a missing number
 */
record ScaledNumber(int column, String name, double fill, double mean, double deviation)
    implements FeatureGroup {

  @Override
  public int size() {
    return 1;
  }

  @Override
  public void weigh(FeatureCounts in, int first, SparseVector out) {
    double number = in.numbers()[column];
    double present = Double.isNaN(number) ? fill : number;
    double scaled = deviation == 0 ? 0 : (present - mean) / deviation;
    float value = (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, scaled));
    if (value != 0) {
      out.add(first, value);
    }
  }

  @Override
  public int[] placesIn(FeatureGroup other) {
    return new int[] {0};
  }

  @Override
  public String describe(int feature) {
    return name;
  }
}
