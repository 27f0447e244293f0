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

/** What an order needs: money for the first hours, and a place among the servers that a customer may have. */
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

    /** Looks at it, if it may be seen. */
    public void open() {
        PageResult.look(() -> {
            var policy = policies.policy();
            hours = policy.hoursHeld();
            servers = policy.serverQuota().isPresent() ? policy.serverQuota().get() : null;
        });
    }

    /** It is so for all that is ordered from now on. */
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
