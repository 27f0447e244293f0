package io.tenantry.web.portal;

import io.tenantry.billing.wallet.WalletAdministration;
import io.tenantry.cloud.transfer.TransferPackOffers;
import io.tenantry.cloud.transfer.TransferPacks;
import io.tenantry.cloud.transfer.TransferPools;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Organizations;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The pooled transfer of the organization's servers and its packs: the current state, past bills, and buying a pack. For members and, below
 * /staff, for staff. A purchase carries an id generated with the page, so that sending it twice buys once.
 */
@Named
@ViewScoped
public class TransferPage implements Serializable {
    private static final long serialVersionUID = 1L;

    /** One year. */
    private static final int PERIODS_SHOWN = 12;

    @Inject
    WalletAdministration wallets;

    @Inject
    CurrentOrganization organization;

    @Inject
    CurrentPerson me;

    @Inject
    Access access;

    @Inject
    Organizations organizations;

    @Inject
    TransferPools transferPools;

    @Inject
    TransferPacks transferPacks;

    @Inject
    TransferPackOffers offers;

    @Inject
    Format format;

    private final UUID requestId = UUID.randomUUID();
    private @Nullable String parameter;
    private @Nullable UUID organizationId;
    private String organizationName = "";
    private String offer = "";
    private transient @Nullable List<TransferPools.PoolStatus> statuses;
    private transient @Nullable List<TransferPools.BilledPeriod> billedPeriods;
    private transient @Nullable List<TransferPacks.Pack> bought;
    private transient @Nullable List<TransferPackOffers.Offer> onSale;

    /** Loads the pool, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            var id = me.isStaff() ? PageResult.id("organization", parameter) : organization.getId();
            statuses = transferPools.of(id);
            organizationId = id;
            organizationName = me.isStaff() ? organizations.one(id).name() : "";
        });
    }

    /** Buys the chosen pack. */
    public void buy() {
        var wanted = QueryParameters.id(offer);
        if (wanted.isEmpty()) {
            PageResult.refuse(format.text("shared-transfer.fault.choose"));
            return;
        }
        var outcome = transferPacks.buy(known(), wanted.get(), requestId);
        if (outcome instanceof TransferPacks.Outcome.Done) {
            PageResult.go(here(), format.text("shared-transfer.bought"));
        } else if (outcome instanceof TransferPacks.Outcome.InsufficientFunds lacking) {
            PageResult.refuse(format.text("shared-transfer.fault.funds", format.money(lacking.missing())));
        } else {
            PageResult.refuse(format.text(
                    outcome instanceof TransferPacks.Outcome.NoWallet
                            ? "shared-transfer.fault.no-wallet"
                            : "shared-transfer.fault.withdrawn"));
        }
    }

    /** Returns the current status: one for each billing period of the data centers. */
    public List<TransferPools.PoolStatus> getStatuses() {
        var known = statuses;
        if (known == null) {
            known = transferPools.of(known());
            statuses = known;
        }
        return known;
    }

    /** Returns the periods that were billed. */
    public List<TransferPools.BilledPeriod> getBilledPeriods() {
        var known = billedPeriods;
        if (known == null) {
            known = transferPools.billedPeriods(known(), PERIODS_SHOWN);
            billedPeriods = known;
        }
        return known;
    }

    /** Returns the packs that were bought. */
    public List<TransferPacks.Pack> getBought() {
        var known = bought;
        if (known == null) {
            known = transferPacks.of(known());
            bought = known;
        }
        return known;
    }

    /** Returns the packs that can be bought. */
    public List<TransferPackOffers.Offer> getOnSale() {
        var known = onSale;
        if (known == null) {
            known = offers.onSale(wallets.currency(known()));
            onSale = known;
        }
        return known;
    }

    /** Whether the user may buy a pack. */
    public boolean isBuyable() {
        return !getOnSale().isEmpty() && access.allowsIn(known(), Permission.EGRESS_MANAGE);
    }

    /** Returns how long a pack is valid. */
    public String span(TransferPackOffers.Offer one) {
        return one.months()
                .map(months -> format.text("shared-transfer.months", months))
                .orElseGet(() -> format.text("shared-transfer.lasting"));
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public @Nullable UUID getOrganizationId() {
        return organizationId;
    }

    /** Returns the name of the organization, for staff. */
    public String getOrganizationName() {
        return organizationName;
    }

    public String getOffer() {
        return offer;
    }

    public void setOffer(@Nullable String offer) {
        this.offer = Objects.requireNonNullElse(offer, "");
    }

    /** Returns the address of this page, for members or for staff. */
    private String here() {
        return me.isStaff() ? "/staff/customer-transfer?organization=" + known() : "/portal/transfer";
    }

    private UUID known() {
        return PageResult.opened(organizationId);
    }
}
