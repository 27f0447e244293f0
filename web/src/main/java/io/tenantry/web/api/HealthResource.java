package io.tenantry.web.api;

import io.tenantry.health.Readiness;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;

/** A health check that reports whether the API works for the key in use. */
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class HealthResource {
    @Inject
    Readiness readiness;

    @Inject
    Clock clock;

    /** The state of the API. */
    public record State(String status, Instant time) {}

    @GET
    public State state() {
        return new State(readiness.isReady() ? "up" : "starting", clock.instant());
    }
}
