package io.tenantry.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * The node's {@link Readiness} for {@code /health/ready} on the management port. A server without MicroProfile Health ignores this class. It is
 * in the archive's library because WildFly looks for health checks nowhere else in an EAR (WFLY-12835).
 */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
public class NodeReadiness implements HealthCheck {
    @Inject
    Readiness readiness;

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("tenantry").status(readiness.isServing());
        if (!readiness.isServing()) {
            response.withData("doing", readiness.doing());
        }
        readiness.warnings().forEach(response::withData);
        return response.build();
    }
}
