package dev.lakewright.config;

import dev.lakewright.config.ConfigNode.Scalar;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** One value. Reading is strict: nothing is guessed from a text that only looks like the type. */
sealed interface ScalarType extends ValueType {

  /** The Java value of a scalar that is set. */
  Object read(Scalar scalar) throws InvalidValueException;

  /** The value in the configuration's own words; enum constants as {@code mail_folders}. */
  default Object recorded(Object value) {
    return value;
  }

  /** Derives the type of a component that is neither generic nor a record. */
  static ScalarType of(Class<?> type, Key key) {
    Range range = new Range(key.min(), key.max());
    if (type == String.class) {
      return new Text(List.of(key.oneOf()), key.pattern());
    } else if (type == int.class || type == Integer.class) {
      return new Whole(true, range);
    } else if (type == long.class || type == Long.class) {
      return new Whole(false, range);
    } else if (type == double.class || type == Double.class) {
      return new Real(range);
    } else if (type == boolean.class || type == Boolean.class) {
      return new Truth();
    } else if (type.isEnum()) {
      return new Constant(Arrays.asList((Enum<?>[]) type.getEnumConstants()));
    }
    throw new IllegalArgumentException("a configuration record cannot hold " + type.getName());
  }

  /** Words compare without regard to case, and to '-' against '_'. */
  static String canonical(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /**
   * Text: any scalar, quoted or not.
   *
   * @param oneOf the words allowed; empty for any text
   * @param pattern the regular expression of the whole text; empty for any text
   */
  record Text(List<String> oneOf, String pattern) implements ScalarType {
    @Override
    public String described() {
      if (!oneOf.isEmpty()) {
        return "one of " + String.join(", ", oneOf);
      }
      return pattern.isEmpty() ? "text" : "text that matches " + pattern;
    }

    @Override
    public String read(Scalar scalar) throws InvalidValueException {
      String text = oneOf.isEmpty() ? scalar.text() : canonical(scalar.text());
      if (!allows(text)) {
        throw InvalidValueException.expectedOneOf(oneOf, described(), scalar);
      }
      return text;
    }

    private boolean allows(String text) {
      return (oneOf.isEmpty() || oneOf.contains(text))
          && (pattern.isEmpty() || Pattern.matches(pattern, text));
    }
  }

  /** A whole number of 32 ({@code narrow}) or 64 bits. */
  record Whole(boolean narrow, Range range) implements ScalarType {
    public Whole {
      if (narrow) {
        range = range.intersect(new Range(Integer.MIN_VALUE, Integer.MAX_VALUE));
      }
    }

    @Override
    public String described() {
      return "a whole number";
    }

    @Override
    public String reference() {
      return range.isBounded() ? described() + ", " + range.shown() : described();
    }

    @Override
    public Object read(Scalar scalar) throws InvalidValueException {
      if (!scalar.plain() || !Numerals.isWhole(scalar.text())) {
        throw InvalidValueException.expected(described(), scalar);
      }
      OptionalLong value = Numerals.whole(scalar.text());
      if (value.isEmpty()) {
        throw InvalidValueException.expected("a whole number of at most 64 bits", scalar);
      }
      if (!range.contains((double) value.getAsLong())) {
        throw InvalidValueException.expected(range.shown(), scalar);
      }
      if (narrow) {
        return (int) value.getAsLong();
      }
      return value.getAsLong();
    }
  }

  /** A finite number. */
  record Real(Range range) implements ScalarType {
    private static final Pattern NOT_FINITE =
        Pattern.compile("[-+]?\\.?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

    @Override
    public String described() {
      return "a number";
    }

    @Override
    public String reference() {
      return range.isBounded() ? described() + ", " + range.shown() : described();
    }

    @Override
    public Object read(Scalar scalar) throws InvalidValueException {
      OptionalDouble value = scalar.plain() ? Numerals.real(scalar.text()) : OptionalDouble.empty();
      if (value.isEmpty()) {
        throw InvalidValueException.expected(
            isBeyondRange(scalar) ? "a finite number" : described(), scalar);
      }
      if (!range.contains(value.getAsDouble())) {
        throw InvalidValueException.expected(range.shown(), scalar);
      }
      return value.getAsDouble();
    }

    private static boolean isBeyondRange(Scalar scalar) {
      String text = scalar.text();
      return scalar.plain() && (Numerals.isNumber(text) || NOT_FINITE.matcher(text).matches());
    }
  }

  /** True or false. */
  record Truth() implements ScalarType {
    static final List<String> TRUE = List.of("true", "True", "TRUE");
    static final List<String> FALSE = List.of("false", "False", "FALSE");

    @Override
    public String described() {
      return "true or false";
    }

    @Override
    public Object read(Scalar scalar) throws InvalidValueException {
      if (scalar.plain() && TRUE.contains(scalar.text())) {
        return true;
      }
      if (scalar.plain() && FALSE.contains(scalar.text())) {
        return false;
      }
      throw InvalidValueException.expected(described(), scalar);
    }
  }

  /**
   * A constant of an enum, as {@code mail_folders}, {@code mail-folders} or {@code MAIL_FOLDERS}.
   */
  record Constant(List<Enum<?>> constants) implements ScalarType {
    /** The words in the order of the enum. */
    List<String> words() {
      return constants.stream().map(Constant::word).toList();
    }

    @Override
    public String described() {
      return "one of " + String.join(", ", words());
    }

    @Override
    public Object read(Scalar scalar) throws InvalidValueException {
      int place = words().indexOf(canonical(scalar.text()));
      if (place < 0) {
        throw InvalidValueException.expectedOneOf(words(), described(), scalar);
      }
      return constants.get(place);
    }

    @Override
    public Object recorded(Object value) {
      return word((Enum<?>) value);
    }

    private static String word(Enum<?> constant) {
      return canonical(constant.name());
    }
  }
}
