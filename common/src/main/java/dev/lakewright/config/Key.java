package dev.lakewright.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one key of a configuration record. The key's name is the component's name in
 * snake_case; its type is the component's type. A component is either {@code Optional}, has a
 * {@link #fallback()}, is a nested record (whose own keys have fallbacks), a list or a map (empty
 * when absent), or is required by name.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
  /** One line for people: what the key does, with units. Goes to the JSON schema and the docs. */
  String doc();

  /** The default as YAML text; empty means none. */
  String fallback() default "";

  /** Smallest allowed number, inclusive. */
  double min() default Double.NEGATIVE_INFINITY;

  /** Largest allowed number, inclusive. */
  double max() default Double.POSITIVE_INFINITY;

  /** Allowed texts, where an enum does not fit; empty means any. */
  String[] oneOf() default {};

  /** Regular expression that the whole text must match; empty means any. */
  String pattern() default "";

  /**
   * For a map of {@link SearchDimension}: the sections whose key paths may be varied. Each
   * candidate value must fit the key it is for.
   */
  String[] keysUnder() default {};
}
