package io.tenantry.web.staff;

import io.tenantry.identity.Permission;
import io.tenantry.provisioning.OrderPolicies;
import io.tenantry.provisioning.OrderPolicies.Room;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.AboutCustomer;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How many servers a customer may have, and how many it has. */
@Named
@ViewScoped
public class QuotaPage extends AboutCustomer {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    OrderPolicies policies;

    @Inject
    Fmt fmt;

    private int running;
    private String general = "";
    private @Nullable Integer servers;

    /** Looks at the customer, if it may be seen. */
    public void open() {
        look(id -> {
            show(policies.quota(id));
        });
    }

    private void show(Room room) {
        running = room.running();
        general = room.general()
                .map(most -> fmt.text("quota.general", most))
                .orElseGet(() -> fmt.text("quota.general.any"));
        servers = room.own().isPresent() ? room.own().get() : null;
    }

    /** It may have so many from now on. */
    public void save() {
        if (policies.limit(known(), Optional.ofNullable(servers)) == OrderPolicies.Outcome.BAD_QUOTA) {
            Visit.refuse("quota:servers", fmt.text("quota.invalid"));
            return;
        }
        Visit.go(
                "/staff/customer?id=" + known(),
                servers == null ? fmt.text("quota.done.general") : fmt.text("quota.done", servers));
    }

    /** Whether it may be changed. The use case asks again. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_CUSTOMERS_MANAGE);
    }

    /** How many count. */
    public int getRunning() {
        return running;
    }

    /** What is so for customers without a limit of their own. */
    public String getGeneral() {
        return general;
    }

    public @Nullable Integer getServers() {
        return servers;
    }

    public void setServers(@Nullable Integer servers) {
        this.servers = servers;
    }
}
