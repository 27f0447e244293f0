package io.tenantry.dunning;

import java.time.Instant;

/** Pause of dunning: no step is taken against an organization until then. */
public record DunningPause(String reason, Instant until, Instant madeAt, String madeBy) {}
