package dev.lakewright.config;

/** The candidate values of a hyperparameter: a {@link SearchDimension}. */
record SearchType() implements ValueType {

  @Override
  public String described() {
    return "a list of values, {choice: [...]}, {uniform: [low, high]}, {log_uniform: [low, high]},"
        + " {int: [low, high]} or {log_int: [low, high]}";
  }
}
