package io.tenantry.cloud.provisioning;

import io.tenantry.billing.charging.Charging;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Catalog.Offer;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.notification.Notification;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * Services without a provider: they are up immediately, in the database only. The first hour is charged in the transaction that activates one.
 */
@Stateless
public class SandboxServices {
    private static final String PROVIDER = "sandbox";

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Catalog catalog;

    @Inject
    Wallets wallets;

    @Inject
    Charging charging;

    @Inject
    LaunchConfigs launchConfigs;

    @PersistenceContext
    EntityManager entities;

    /** Starts a service that was ordered. The caller checks the order. */
    public UUID start(Order order, Offer offer, UUID walletId, LaunchConfigs.Resolution.All beginning) {
        var now = clock.instant();
        var id = Ids.next(clock);
        var service = new Service(id, walletId, order, offer.priceVersionId(), PROVIDER, now);
        entities.persist(service);
        entities.flush();
        launchConfigs.keep(id, beginning);
        ServiceChanges.record(sql, id, now, "ordered", "plan", offer.planName());
        service.activate(SandboxAddress.of(id), now);
        entities.flush();
        ServiceChanges.record(
                sql, id, now, "activated", "hourly", offer.hourly().toString());
        charging.activate(id, walletId, offer.priceVersionId(), now);
        ServiceChanges.announce(sql, service, Notification.Kind.SERVICE_ORDERED, now);
        audit.record("service.ordered", "service", id);
        return id;
    }

    /** Changes the plan of a service that exists in the database only, at that plan's price in force. */
    public ServiceOrders.Outcome changePlan(UUID serviceId, UUID planId) {
        return changePlan(serviceId, planId, Optional.empty());
    }

    /**
     * Does the same, at the price that was seen only.
     *
     * @param seenPrice the price version that was seen, if any was
     */
    public ServiceOrders.Outcome changePlan(UUID serviceId, UUID planId, Optional<UUID> seenPrice) {
        var service = ServiceChanges.lock(entities, access, serviceId, Permission.VPS_MANAGE);
        if (service.planId().equals(planId)) {
            return new ServiceOrders.Outcome.Unchanged();
        }
        if (service.hasServer()) {
            return new ServiceOrders.Outcome.ProviderManaged();
        }
        var offer = catalog.order(planId, service.region(), wallets.currency(service.organizationId()));
        if (offer.isEmpty()) {
            return new ServiceOrders.Outcome.OfferWithdrawn();
        }
        if (OrderChecks.isOther(offer.get(), seenPrice)) {
            return new ServiceOrders.Outcome.PriceChanged(offer.get().monthly());
        }
        var now = clock.instant();
        service.become(planId, offer.get().priceVersionId());
        entities.flush();
        ServiceChanges.record(
                sql, serviceId, now, "plan_changed", "plan", offer.get().planName());
        charging.changePrice(serviceId, service.walletId(), offer.get().priceVersionId(), now);
        ServiceChanges.announce(sql, service, Notification.Kind.SERVICE_CHANGED, now);
        audit.record("service.plan_changed", "service", serviceId);
        return new ServiceOrders.Outcome.Done(serviceId);
    }
}
