package io.tenantry.web.staff;

import io.tenantry.cloud.provisioning.OrderPolicies;
import io.tenantry.cloud.provisioning.OrderPolicies.OrderAllowance;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.CustomerScopedPage;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server quota of a customer, and its current usage. */
@Named
@ViewScoped
public class QuotaPage extends CustomerScopedPage {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    OrderPolicies policies;

    @Inject
    Format format;

    private int running;
    private String general = "";
    private @Nullable Integer servers;

    /** Loads the customer, if the user may view it. */
    public void open() {
        load(id -> {
            show(policies.quota(id));
        });
    }

    private void show(OrderAllowance orderAllowance) {
        running = orderAllowance.running();
        general = orderAllowance
                .general()
                .map(most -> format.text("quota.general", most))
                .orElseGet(() -> format.text("quota.general.any"));
        servers = orderAllowance.own().isPresent() ? orderAllowance.own().get() : null;
    }

    /** Sets the quota, which applies from now on. */
    public void save() {
        if (policies.limit(known(), Optional.ofNullable(servers)) == OrderPolicies.Outcome.BAD_QUOTA) {
            PageResult.refuse("quota:servers", format.text("quota.invalid"));
            return;
        }
        PageResult.go(
                "/staff/customer?id=" + known(),
                servers == null ? format.text("quota.done.general") : format.text("quota.done", servers));
    }

    /** Whether the user may change it. The use case checks the permission again. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_CUSTOMERS_MANAGE);
    }

    /** Returns the number of servers that count. */
    public int getRunning() {
        return running;
    }

    /** Returns the rule for customers without a specific quota, as text. */
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
