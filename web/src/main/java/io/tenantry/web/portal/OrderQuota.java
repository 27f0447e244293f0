package io.tenantry.web.portal;

import io.tenantry.cloud.provisioning.OrderPolicies;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Lazy;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;

/** How many servers the organization of an order may have, and for how long money is reserved for one. */
@Named
@ViewScoped
public class OrderQuota implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    OrderSelection selection;

    @Inject
    OrderPolicies policies;

    @Inject
    Access access;

    private final Lazy<OrderPolicies.OrderAllowance> allowance = new Lazy<>();

    /** Whether the organization has reached its quota of servers: to be shown before anything is chosen. */
    public boolean isFull() {
        return allowance().isFull();
    }

    /** Returns the quota, for an organization that has reached it. */
    public int getLimit() {
        return allowance().limit().orElse(0);
    }

    /** Returns the number of hours for which money is reserved until the server runs. */
    public int getHoursHeld() {
        return allowance().hoursHeld();
    }

    /** Returns how many servers the organization has ordered; 0 for people who may not view them. */
    int ordered() {
        return access.allowsIn(selection.known(), Permission.VPS_VIEW)
                ? allowance().ordered()
                : 0;
    }

    /** Discards what was read. */
    void forget() {
        allowance.forget();
    }

    private OrderPolicies.OrderAllowance allowance() {
        return allowance.get(() -> policies.room(selection.known()));
    }
}
