package dev.lakewright.metrics;

/** A confidence interval; NaN at both ends where there is none. */
public record Interval(double low, double high) {}
