package dev.nightjar.pipeline.warehouse;

import java.time.LocalDate;
import java.util.Map;

/**
 * Facts about one day's rows of a table.
 *
 * @param date the day
 * @param rows how many
 * @param contentDigest order-free digest of them; empty where none is kept
 * @param sources stamps of the source files they were read from
 */
public record DayRows(
    LocalDate date, long rows, String contentDigest, Map<String, String> sources) {}
