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

/** Whether the API works for the key that asks. */
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class HealthResource {
    @Inject
    Readiness readiness;

    @Inject
    Clock clock;

    /** How it is. */
    public record State(String status, Instant time) {}

    @GET
    public State state() {
        return new State(readiness.isReady() ? "up" : "starting", clock.instant());
    }
}
