package io.tenantry.cloud.metrics;

import java.time.Instant;
import java.util.List;

/** The result of querying metrics. */
public sealed interface MetricsResult {
    /**
     * The metrics of the provider.
     *
     * @param timeSeries one per kind; empty if nothing was measured yet
     * @param at the time of the query
     */
    record Available(List<TimeSeries> timeSeries, Instant at) implements MetricsResult {
        public Available {
            timeSeries = List.copyOf(timeSeries);
        }
    }

    /** The provider did not answer in time, or refused. */
    record Unavailable(Instant at) implements MetricsResult {}

    /** The provider has no metrics. */
    record NotSupported() implements MetricsResult {}

    /** There is no running server. */
    record NoServer() implements MetricsResult {}
}
