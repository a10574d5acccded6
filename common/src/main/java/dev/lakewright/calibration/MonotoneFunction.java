package dev.lakewright.calibration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/**
 * A function that never falls, linear between points and flat outside them.
 *
 * @param x ascending
 * @param y not descending, in [0, 1]
 */
@SuppressWarnings("ArrayRecordComponent")
public record MonotoneFunction(double[] x, double[] y) {

  public MonotoneFunction {
    if (x.length == 0 || x.length != y.length) {
      throw new IllegalArgumentException(x.length + " x and " + y.length + " y");
    }
    for (int i = 0; i < x.length; i++) {
      boolean ascends = i == 0 || (x[i] > x[i - 1] && y[i] >= y[i - 1]);
      if (!ascends || !(y[i] >= 0 && y[i] <= 1)) {
        throw new IllegalArgumentException("point " + i + " is out of order or range");
      }
    }
  }

  double at(double value) {
    int place = Arrays.binarySearch(x, value);
    if (place >= 0) {
      return y[place];
    }
    int above = -place - 1;
    if (above == 0) {
      return y[0];
    }
    if (above == x.length) {
      return y[x.length - 1];
    }
    double share = (value - x[above - 1]) / (x[above] - x[above - 1]);
    return y[above - 1] + share * (y[above] - y[above - 1]);
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode xs = json.putArray("x");
    ArrayNode ys = json.putArray("y");
    for (int i = 0; i < x.length; i++) {
      xs.add(x[i]);
      ys.add(y[i]);
    }
    return json;
  }

  static MonotoneFunction fromJson(JsonNode json) {
    return new MonotoneFunction(numbers(json.path("x")), numbers(json.path("y")));
  }

  private static double[] numbers(JsonNode array) {
    return array.valueStream().mapToDouble(value -> value.asDouble(Double.NaN)).toArray();
  }
}
