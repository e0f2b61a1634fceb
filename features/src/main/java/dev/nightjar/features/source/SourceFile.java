package dev.nightjar.features.source;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A file of a source.
 *
 * @param path full path, with its scheme
 * @param length bytes
 * @param modifiedMillis time of its last change, milliseconds since 1970 UTC
 * @param day the {@code {date}} of its path; empty for a source without one
 */
public record SourceFile(String path, long length, long modifiedMillis, Optional<LocalDate> day) {}
