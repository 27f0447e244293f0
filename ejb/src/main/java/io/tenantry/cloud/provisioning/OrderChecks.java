package io.tenantry.cloud.provisioning;

import io.tenantry.billing.wallet.Wallets;
import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Catalog.Offer;
import io.tenantry.cloud.provisioning.ServiceOrders.Outcome;
import io.tenantry.settlement.ResellerCreditLimit;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/** The checks of a server order, in the order in which refusals are shown and locks are taken. */
@ApplicationScoped
public class OrderChecks {
    @Inject
    Sql sql;

    @Inject
    Catalog catalog;

    @Inject
    Wallets wallets;

    @Inject
    ProvisioningTargets provisioningTargets;

    @Inject
    LaunchConfigs launchConfigs;

    @Inject
    Quotas quotas;

    /** For the container. */
    public OrderChecks() {}

    /** For use outside a container. */
    OrderChecks(
            Sql sql,
            Catalog catalog,
            Wallets wallets,
            ProvisioningTargets provisioningTargets,
            LaunchConfigs launchConfigs,
            Quotas quotas) {
        this.sql = sql;
        this.catalog = catalog;
        this.wallets = wallets;
        this.provisioningTargets = provisioningTargets;
        this.launchConfigs = launchConfigs;
        this.quotas = quotas;
    }

    /** The result of the checks. */
    sealed interface Checked {
        /** It can be ordered at this offer, from this wallet, with this launch configuration. */
        record Accepted(Offer offer, UUID walletId, LaunchConfigs.Resolution.All launch) implements Checked {}

        /** It cannot be ordered. */
        record Refused(Outcome why) implements Checked {}
    }

    /**
     * Checks an order; the quota stays locked until the transaction ends.
     *
     * @param isAtOnce whether the service is to exist without any provider
     */
    Checked check(Order order, boolean isAtOnce) {
        if (!ServiceName.isValid(order.name())) {
            return new Checked.Refused(new Outcome.InvalidName());
        }
        if (ResellerCreditLimit.isUsedUp(sql)) {
            return new Checked.Refused(new Outcome.SalesSuspended());
        }
        var currency = wallets.currency(order.organizationId());
        var offer = catalog.order(order.planId(), order.region(), currency);
        if (offer.isEmpty()) {
            return new Checked.Refused(new Outcome.OfferWithdrawn());
        }
        if (isOther(offer.get(), order.seenPrice())) {
            return new Checked.Refused(new Outcome.PriceChanged(offer.get().monthly()));
        }
        var wallet = wallets.paying(order.organizationId())
                .filter(one -> one.parked().isEmpty());
        if (wallet.isEmpty()) {
            return new Checked.Refused(new Outcome.NoWallet(currency));
        }
        var place = isAtOnce
                ? Optional.<ProvisioningTarget.Placement>empty()
                : provisioningTargets.place(order.planId(), offer.get().size(), order.region());
        if (place.isEmpty() && !isAtOnce && provisioningTargets.makes(order.planId())) {
            return new Checked.Refused(new Outcome.OfferWithdrawn());
        }
        var resolution = launchConfigs.find(order, offer.get().size(), place);
        if (resolution instanceof LaunchConfigs.Resolution.Unresolved missing) {
            return new Checked.Refused(missing.why());
        }
        var reached = quotas.reached(order.organizationId());
        return reached.isPresent()
                ? new Checked.Refused(new Outcome.QuotaExceeded(reached.get()))
                : new Checked.Accepted(offer.get(), wallet.get().id(), (LaunchConfigs.Resolution.All) resolution);
    }

    /** Whether the price in force is not the one that was seen, if any was. */
    static boolean isOther(Offer offer, Optional<UUID> seenPrice) {
        return seenPrice.filter(seen -> !seen.equals(offer.priceVersionId())).isPresent();
    }
}
