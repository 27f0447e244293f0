package io.tenantry.web.portal;

import io.tenantry.catalog.Catalog;
import io.tenantry.cloud.provisioning.InvalidStateException;
import io.tenantry.cloud.provisioning.SandboxServices;
import io.tenantry.cloud.provisioning.Service;
import io.tenantry.cloud.provisioning.ServiceOrders;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.Lazy;
import io.tenantry.web.layout.PageResult;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The change of a service without a provider to another plan, whose price is in force at once. Changes that involve a provider are on the
 * settings page.
 */
@Named
@RequestScoped
public class ServicePlanChange {
    @Inject
    ServicePage page;

    @Inject
    Services services;

    @Inject
    SandboxServices sandboxServices;

    @Inject
    Catalog catalog;

    @Inject
    Access access;

    @Inject
    Format format;

    private final Lazy<List<Choice>> choices = new Lazy<>();
    private String plan = "";
    private boolean choosing;

    /**
     * A plan to which the service can change.
     *
     * @param surcharge added once for the hour in progress; zero if that hour already costs as much
     */
    public record Choice(Catalog.Offer offer, Money surcharge, boolean isCurrent) {}

    /** Whether it can change its plan here; changes that involve a provider are on the settings page. */
    public boolean isChangeable() {
        return page.getService().state() == Service.State.ACTIVE
                && !page.getService().hasServer()
                && access.allowsIn(page.getService().organizationId(), Permission.VPS_MANAGE);
    }

    /** Returns the plans on sale in the service's region. */
    public List<Choice> getChoices() {
        return choices.get(() -> {
            var now = page.getService();
            var surcharges = services.surcharges(now);
            return catalog.offers(now.regionCode(), now.monthly().currency()).stream()
                    .map(offer -> new Choice(
                            offer,
                            surcharges.apply(offer.monthly()),
                            offer.planId().equals(now.planId())))
                    .toList();
        });
    }

    /** Whether this request is the choice of a plan, so that its error is shown there. */
    public boolean isChoosing() {
        return choosing;
    }

    /** Changes to the chosen plan. */
    public void change() {
        choosing = true;
        var wanted = SeenPlan.of(plan);
        if (wanted.isEmpty()) {
            PageResult.refuse(format.text("service.change.choose"));
            return;
        }
        try {
            var outcome = sandboxServices.changePlan(
                    page.known(),
                    wanted.get().planId(),
                    Optional.of(wanted.get().priceVersionId()));
            if (outcome instanceof ServiceOrders.Outcome.Done) {
                PageResult.go(page.here(), format.text("service.changed"));
            } else if (outcome instanceof ServiceOrders.Outcome.PriceChanged changed) {
                choices.forget();
                PageResult.refuse(format.text("order.price-changed", format.money(changed.monthly())));
            } else {
                PageResult.refuse(format.text(
                        outcome instanceof ServiceOrders.Outcome.Unchanged
                                ? "service.unchanged"
                                : outcome instanceof ServiceOrders.Outcome.ProviderManaged
                                        ? "service.fixed"
                                        : "order.withdrawn"));
            }
        } catch (InvalidStateException wrong) {
            PageResult.refuse(format.text("service.wrong-state", format.state(wrong.state())));
        }
    }

    public String getPlan() {
        return plan;
    }

    public void setPlan(@Nullable String plan) {
        this.plan = Objects.requireNonNullElse(plan, "");
    }
}
