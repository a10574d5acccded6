/**
 * Files into the lake: listing inputs, parsing them (delimited text, JSON lines, Parquet, folders
 * of texts or mails), setting bad records apart. Holds nothing about training.
 */
package dev.lakewright.ingest;
