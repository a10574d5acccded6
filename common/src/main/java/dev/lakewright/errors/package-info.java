/**
 * The failures a user can act on, each with the exit code of the command line. Messages are one
 * line: the cause, the offending value, the cure. Anything else thrown is a defect (exit code 1).
 */
package dev.lakewright.errors;
