package io.tenantry.web.staff;

import io.tenantry.cloud.provisioning.OrderPolicies;
import io.tenantry.cloud.provisioning.OrderPolicies.Policy;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The requirements of an order: money for the first hours, and the quota of servers per customer. */
@Named
@RequestScoped
public class OrderPolicyPage {
    private static final String PATH = "/staff/order-policy";

    @Inject
    OrderPolicies policies;

    @Inject
    Format format;

    private @Nullable Integer hours;
    private @Nullable Integer servers;

    /** Loads the policy, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            var policy = policies.policy();
            hours = policy.hoursHeld();
            servers = policy.serverQuota().isPresent() ? policy.serverQuota().get() : null;
        });
    }

    /** Saves the policy, which applies to all orders from now on. */
    public void save() {
        switch (policies.change(new Policy(Objects.requireNonNullElse(hours, 0), Optional.ofNullable(servers)))) {
            case DONE -> PageResult.go(PATH, format.text("order-policy.done"));
            case BAD_HOURS -> PageResult.refuse("policy:hours", format.text("order-policy.hours.invalid"));
            case BAD_QUOTA -> PageResult.refuse("policy:servers", format.text("quota.invalid"));
        }
    }

    public @Nullable Integer getHours() {
        return hours;
    }

    public void setHours(@Nullable Integer hours) {
        this.hours = hours;
    }

    public @Nullable Integer getServers() {
        return servers;
    }

    public void setServers(@Nullable Integer servers) {
        this.servers = servers;
    }
}
