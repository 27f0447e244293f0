package io.tenantry.web.portal;

import io.tenantry.identity.Access;
import io.tenantry.identity.Organizations;
import io.tenantry.identity.Permission;
import io.tenantry.usage.PackOffers;
import io.tenantry.usage.Packs;
import io.tenantry.usage.Pools;
import io.tenantry.wallet.OrganizationWallets;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Addresses;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the organization's servers send together, and packs of it: how it stands, what was reckoned, and one more pack. For members and,
 * below /staff, for staff. A purchase carries an id made with the page, so that sending it twice buys once.
 */
@Named
@ViewScoped
public class PoolPage implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A year. */
    private static final int PERIODS_SHOWN = 12;

    @Inject
    OrganizationWallets wallets;

    @Inject
    CurrentOrganization organization;

    @Inject
    CurrentPerson me;

    @Inject
    Access access;

    @Inject
    Organizations organizations;

    @Inject
    Pools pools;

    @Inject
    Packs packs;

    @Inject
    PackOffers offers;

    @Inject
    Fmt fmt;

    private final UUID wish = UUID.randomUUID();
    private @Nullable String parameter;
    private @Nullable UUID organizationId;
    private String organizationName = "";
    private String offer = "";
    private transient @Nullable List<Pools.Standing> standing;
    private transient @Nullable List<Pools.Reckoned> reckoned;
    private transient @Nullable List<Packs.Pack> bought;
    private transient @Nullable List<PackOffers.Offer> onSale;

    /** Looks at the pool, if it may be seen. */
    public void open() {
        Visit.look(() -> {
            var id = me.isStaff() ? Visit.id("organization", parameter) : organization.getId();
            standing = pools.of(id);
            organizationId = id;
            organizationName = me.isStaff() ? organizations.one(id).name() : "";
        });
    }

    /** Buys the chosen pack. */
    public void buy() {
        var wanted = Addresses.id(offer);
        if (wanted.isEmpty()) {
            Visit.refuse(fmt.text("pool.fault.choose"));
            return;
        }
        var outcome = packs.buy(known(), wanted.get(), wish);
        if (outcome instanceof Packs.Outcome.Done) {
            Visit.go(here(), fmt.text("pool.bought"));
        } else if (outcome instanceof Packs.Outcome.TooLittle lacking) {
            Visit.refuse(fmt.text("pool.fault.funds", fmt.money(lacking.missing())));
        } else {
            Visit.refuse(fmt.text(
                    outcome instanceof Packs.Outcome.NoWallet ? "pool.fault.no-wallet" : "pool.fault.withdrawn"));
        }
    }

    /** How it stands now: one a period that data centres count by. */
    public List<Pools.Standing> getStanding() {
        var known = standing;
        if (known == null) {
            known = pools.of(known());
            standing = known;
        }
        return known;
    }

    /** What was reckoned. */
    public List<Pools.Reckoned> getReckoned() {
        var known = reckoned;
        if (known == null) {
            known = pools.reckoned(known(), PERIODS_SHOWN);
            reckoned = known;
        }
        return known;
    }

    /** The packs that were bought. */
    public List<Packs.Pack> getBought() {
        var known = bought;
        if (known == null) {
            known = packs.of(known());
            bought = known;
        }
        return known;
    }

    /** The packs that can be bought. */
    public List<PackOffers.Offer> getOnSale() {
        var known = onSale;
        if (known == null) {
            known = offers.onSale(wallets.currency(known()));
            onSale = known;
        }
        return known;
    }

    /** Whether the person may buy one. */
    public boolean isBuyable() {
        return !getOnSale().isEmpty() && access.allowsIn(known(), Permission.EGRESS_MANAGE);
    }

    /** How long a pack counts, in words. */
    public String span(PackOffers.Offer one) {
        return one.months().map(months -> fmt.text("pool.months", months)).orElseGet(() -> fmt.text("pool.lasting"));
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

    /** Whose it is, for staff. */
    public String getOrganizationName() {
        return organizationName;
    }

    public String getOffer() {
        return offer;
    }

    public void setOffer(@Nullable String offer) {
        this.offer = Objects.requireNonNullElse(offer, "");
    }

    /** This page again, for members or for staff. */
    private String here() {
        return me.isStaff() ? "/staff/pool?organization=" + known() : "/portal/transfer";
    }

    private UUID known() {
        return Visit.opened(organizationId);
    }
}
