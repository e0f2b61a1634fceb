package dev.nightjar.pipeline.settings;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Settings under {@code run}.
 *
 * @param allowClosedDay whether a night may close a day without events
 * @param now the moment at which the plan is made; empty for the clock's
 */
public record RunConfig(boolean allowClosedDay, Optional<Instant> now) {
  /** Tells when the plan is made. */
  public InstantSource clock() {
    return now.map(InstantSource::fixed).orElseGet(InstantSource::system);
  }
}
