/**
 * Versioned models on any file system: immutable versions that appear by one atomic write, aliases
 * with their history, checksums. Keeps bytes and facts; does not know what a model is.
 */
package dev.lakewright.registry;
