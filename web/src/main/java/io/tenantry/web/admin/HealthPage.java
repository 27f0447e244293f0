package io.tenantry.web.admin;

import io.tenantry.admin.platform.PlatformHealth;
import io.tenantry.kernel.cluster.Nodes;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;

/** The health of servers, database and clock. */
@Named
@RequestScoped
public class HealthPage {
    @Inject
    PlatformHealth health;

    @Inject
    TenantDirectory directory;

    private PlatformHealth.@Nullable State state;

    public PlatformHealth.State getState() {
        if (state == null) {
            state = health.state();
        }
        return state;
    }

    /** How the state of a node is coloured. */
    public String tone(Nodes.State of) {
        return switch (of) {
            case ALIVE -> "ok";
            case STOPPED -> "quiet";
            case LOST -> "bad";
        };
    }

    public String nameOf(TenantId id) {
        return directory.byId(id).map(Tenant::name).orElse(id.value());
    }
}
