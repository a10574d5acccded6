package dev.lakewright.registry;

/**
 * One entry of an alias's history.
 *
 * @param version that the alias points to from here on
 * @param previous that it pointed to before; 0 for none
 * @param at ISO instant
 */
public record AliasMove(int version, int previous, String at, String by, String reason) {}
