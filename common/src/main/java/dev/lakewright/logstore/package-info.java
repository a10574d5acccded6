/**
 * Delta's commits where several hosts write to one table, without another service: on S3 by
 * conditional writes, on local disks by hard links. For any Spark with Delta; the class names are
 * part of people's settings and do not change:
 *
 * <pre>
 * --conf spark.delta.logStore.s3a.impl=dev.lakewright.logstore.S3LogStore
 * --conf spark.delta.logStore.file.impl=dev.lakewright.logstore.LocalLogStore
 * </pre>
 *
 * All writers of a table must use such a store, or one that is as safe.
 */
package dev.lakewright.logstore;
