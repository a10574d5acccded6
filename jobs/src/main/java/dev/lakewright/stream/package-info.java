/** Learning from a table's commits as they come, exactly once per row. */
package dev.lakewright.stream;
