package dev.lakewright.model;

import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.config.NumericConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a featurizer has learnt, as tensors. Of a vocabulary only the terms that are features are
 * written, so that ids are the places of features there.
 *
 * <p>Names: {@code spaces.S.ids} or {@code spaces.S.terms}, {@code spaces.S.factors}; {@code
 * numeric.C.parameters} (fill, mean, deviation), or {@code numeric.C.fill} and {@code
 * numeric.C.edges}; {@code categorical.C.values} and {@code categorical.C.missing}. Lists of
 * strings are two tensors, {@code .bytes} (UTF-8) and {@code .offsets}.
 */
final class FeaturizerTensors {

  private static final byte[] ONE = {1};

  private FeaturizerTensors() {}

  static void write(Featurizer featurizer, SafetensorsWriter out) {
    int space = 0;
    for (FeatureGroup group : featurizer.groups()) {
      if (group instanceof BagFeatures bag) {
        write(bag, "spaces." + space, out);
        space++;
      } else if (group instanceof ScaledNumber number) {
        out.put(
            "numeric." + number.column() + ".parameters",
            new double[] {number.fill(), number.mean(), number.deviation()});
      } else if (group instanceof BinnedNumber number) {
        out.put("numeric." + number.column() + ".fill", new double[] {number.fill()});
        out.put("numeric." + number.column() + ".edges", number.edges());
      } else if (group instanceof OneHotCategory category) {
        write(category, "categorical." + category.column(), out);
      }
    }
  }

  private static void write(BagFeatures bag, String name, SafetensorsWriter out) {
    int[] ids = bag.slots().ids();
    bag.vocabulary()
        .ifPresentOrElse(
            vocabulary -> write(vocabulary.terms().select(ids), name + ".terms", out),
            () -> out.put(name + ".ids", ids));
    out.put(name + ".factors", bag.factors());
  }

  private static void write(OneHotCategory category, String name, SafetensorsWriter out) {
    write(TermList.of(category.values()), name + ".values", out);
    out.put(name + ".missing", new byte[] {(byte) (category.hasMissing() ? 1 : 0)});
  }

  private static void write(TermList terms, String name, SafetensorsWriter out) {
    out.put(name + ".bytes", terms.bytes()).put(name + ".offsets", terms.offsets());
  }

  /**
   * The reverse of {@link #write(Featurizer, SafetensorsWriter)}.
   *
   * @throws IllegalArgumentException when tensors do not fit together
   */
  static Featurizer read(FeaturesConfig config, RecordSchema schema, SafetensorsReader in) {
    List<FeatureGroup> groups = new ArrayList<>();
    List<BagSpace> spaces = BagSpace.of(config, schema);
    for (int place = 0; place < spaces.size(); place++) {
      BagSpace space = spaces.get(place);
      groups.add(bag(place, space, space.title(schema), in));
    }
    for (int column = 0; column < schema.numeric().size(); column++) {
      groups.add(number(column, schema.numeric().get(column), config.numeric(), in));
    }
    for (int column = 0; column < schema.categorical().size(); column++) {
      groups.add(category(column, schema.categorical().get(column), config, in));
    }
    return new Featurizer(config, schema, groups);
  }

  private static BagFeatures bag(int place, BagSpace space, String title, SafetensorsReader in) {
    String name = "spaces." + place;
    double[] factors = in.doubles(name + ".factors");
    if (space.hashed()) {
      IdSlots slots = new IdSlots(in.ints(name + ".ids"), space.buckets());
      return new BagFeatures(place, title, space.config(), Optional.empty(), slots, factors);
    }
    Vocabulary vocabulary = Vocabulary.of(terms(name + ".terms", in));
    int[] all = IntStream.range(0, vocabulary.size()).toArray();
    IdSlots slots = new IdSlots(all, vocabulary.size());
    return new BagFeatures(place, title, space.config(), Optional.of(vocabulary), slots, factors);
  }

  private static FeatureGroup number(
      int column, String name, NumericConfig config, SafetensorsReader in) {
    String prefix = "numeric." + column;
    if (config.encode() == NumericConfig.Encode.BINS) {
      double fill = scalars(prefix + ".fill", 1, in)[0];
      return new BinnedNumber(column, name, fill, in.doubles(prefix + ".edges"));
    }
    double[] parameters = scalars(prefix + ".parameters", 3, in);
    return new ScaledNumber(column, name, parameters[0], parameters[1], parameters[2]);
  }

  private static double[] scalars(String name, int count, SafetensorsReader in) {
    double[] scalars = in.doubles(name);
    if (scalars.length != count) {
      throw new IllegalArgumentException(
          "tensor %s has %d elements, not %d".formatted(name, scalars.length, count));
    }
    return scalars;
  }

  private static FeatureGroup category(
      int column, String name, FeaturesConfig config, SafetensorsReader in) {
    return switch (config.categorical().encode()) {
      case HASHED -> new HashedCategory(column, name, config.categorical().hashBits());
      case ONE_HOT -> {
        TermList values = terms("categorical." + column + ".values", in);
        boolean missing = Arrays.equals(in.bytes("categorical." + column + ".missing"), ONE);
        yield new OneHotCategory(
            column,
            name,
            IntStream.range(0, values.size()).mapToObj(values::get).toList(),
            missing);
      }
    };
  }

  private static TermList terms(String name, SafetensorsReader in) {
    return new TermList(in.bytes(name + ".bytes"), in.ints(name + ".offsets"));
  }
}
