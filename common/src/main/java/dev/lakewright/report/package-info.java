/**
 * Self-contained HTML reports: tables and charts (inline SVG) from the facts a job recorded. Opens
 * offline, needs no script; all text from data is escaped. Computes no metric of its own.
 */
package dev.lakewright.report;
