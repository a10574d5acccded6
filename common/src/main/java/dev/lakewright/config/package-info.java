/**
 * Configuration: YAML to typed, validated records, with every problem told as one line naming file,
 * line, key, what was expected and the nearest valid key.
 *
 * <p>Holds the words that all jobs share (the {@code *Config} records) and the binding from YAML to
 * any such record; {@link dev.lakewright.config.ConfigDocument} is the way in. Does not hold what a
 * job does with a setting.
 */
package dev.lakewright.config;
