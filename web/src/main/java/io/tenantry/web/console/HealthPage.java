package io.tenantry.web.console;

import io.tenantry.platform.PlatformHealth;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Whether servers, database and clock are well. */
@Named
@ViewScoped
public class HealthPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    PlatformHealth health;

    @Inject
    TenantDirectory directory;

    private transient PlatformHealth.@Nullable State state;

    /** Looks again. */
    public void look() {
        state = health.look();
    }

    public PlatformHealth.State getState() {
        if (state == null) {
            state = health.look();
        }
        return state;
    }

    public String nameOf(TenantId id) {
        return directory.byId(id).map(Tenant::name).orElse(id.value());
    }
}
