package dev.lakewright.config;

/** Where models are kept. */
public record RegistryConfig(
    @Key(doc = "Folder on any Hadoop file system (file, hdfs, s3a, abfs, gs)", fallback = "models")
        String path,
    @Key(
            doc =
                "That no two jobs ever write to the registry at once: allows stores on which two writers could both win",
            fallback = "false")
        boolean singleWriter) {}
