/**
 * The command line and one small class per job: parse, call, record, print the result. Holds no
 * algorithm of its own.
 */
package dev.lakewright.jobs;
