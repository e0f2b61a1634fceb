package dev.nightjar.pipeline.warehouse;

import java.util.Map;

/**
 * What a stage's rows depend on.
 *
 * @param fingerprint digest of everything below and of the config sections
 * @param codeVersion version of the code
 * @param inputs run ids of the tables read
 * @param sources stamps of the source files read
 */
public record Provenance(
    String fingerprint,
    String codeVersion,
    Map<String, String> inputs,
    Map<String, String> sources) {}
