/** Runs of jobs, logged to a tracking server. */
package dev.lakewright.tracking;
