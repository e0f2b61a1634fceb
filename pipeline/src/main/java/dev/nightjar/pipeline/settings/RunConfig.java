package dev.nightjar.pipeline.settings;

/**
 * Settings under {@code run}.
 *
 * @param allowClosedDay whether a night may close a day without events
 */
public record RunConfig(boolean allowClosedDay) {}
