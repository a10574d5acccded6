package dev.lakewright.config;

/** Where models are kept. */
public record RegistryConfig(
    @Key(doc = "Folder on any Hadoop file system (file, hdfs, s3a, abfs, gs)", fallback = "models")
        String path) {}
