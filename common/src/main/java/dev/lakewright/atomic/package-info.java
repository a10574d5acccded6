/**
 * Files that of several writers exactly one creates, whole or not at all: on local disks by a hard
 * link, on S3 by a conditional write. Registry and Delta's log stand on this.
 */
package dev.lakewright.atomic;
