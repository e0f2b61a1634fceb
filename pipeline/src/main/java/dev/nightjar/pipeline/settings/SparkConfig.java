package dev.nightjar.pipeline.settings;

/**
 * Settings under {@code spark}, except those of {@code spark.conf}, which are Spark's own.
 *
 * @param checkpointDir where ALS keeps its checkpoints; empty: under the root
 */
public record SparkConfig(String checkpointDir) {}
