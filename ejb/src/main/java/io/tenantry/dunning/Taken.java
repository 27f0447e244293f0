package io.tenantry.dunning;

import java.time.Instant;
import java.util.Optional;

/**
 * A step that was taken.
 *
 * @param nth which of its kind, from 1
 * @param reachedAt when the first of its letters had gone out; empty if none has
 */
public record Taken(Act act, int nth, Instant at, Optional<Instant> reachedAt) {}
