package io.tenantry.web.portal;

import io.tenantry.catalog.Catalog;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Organizations;
import io.tenantry.identity.Permission;
import io.tenantry.money.Money;
import io.tenantry.provisioning.Order;
import io.tenantry.provisioning.Services;
import io.tenantry.wallet.OrganizationWallets;
import io.tenantry.wallet.Wallets;
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
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ordering a server: region, plan, name, then the price and what the wallet says. Region and plan stand in the address, so
 * that back and reload do what people expect; the order itself carries a key made with the page, so that a second click
 * orders nothing. For members and, below /staff, for staff in a customer's name.
 */
@Named
@ViewScoped
public class OrderPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentOrganization organization;

    @Inject
    CurrentPerson me;

    @Inject
    Access access;

    @Inject
    Organizations organizations;

    @Inject
    OrganizationWallets wallets;

    @Inject
    Catalog catalog;

    @Inject
    Services services;

    @Inject
    Words words;

    @Inject
    Fmt fmt;

    private String key = UUID.randomUUID().toString();
    private @Nullable String customer;
    private @Nullable UUID organizationId;
    private String organizationName = "";
    private String region = "";
    private String plan = "";
    private String name = "";
    private transient @Nullable List<Catalog.Shelf> shelves;
    private transient @Nullable List<Wallets.Balance> balances;

    /** Looks for whom it is and what is chosen already. */
    public void open() {
        Visit.look(() -> {
            var id = me.isStaff() ? Visit.id("organization", customer) : organization.getId();
            access.requireIn(id, Permission.VPS_CREATE);
            organizationId = id;
            organizationName = organizations.one(id).name();
            if (getRegions().stream().noneMatch(known -> known.code().equals(region))) {
                region = getRegions().isEmpty() ? "" : getRegions().get(0).code();
            }
            name = suggestion(id);
        });
    }

    /** Orders it; repeated, leads to the same server. */
    public void order() {
        var offer = getOffer();
        if (offer == null) {
            Visit.refuse(fmt.text("order.choose"));
            return;
        }
        var outcome = services.order(new Order(known(), name.strip(), offer.planId(), region), key);
        if (outcome instanceof Services.Outcome.Done done) {
            var isUp = services.one(done.serviceId()).activatedAt().isPresent();
            Visit.go(
                    place() + "/service?id=" + done.serviceId(),
                    fmt.text(isUp ? "order.done" : "order.begun", name.strip()));
            return;
        }
        key = UUID.randomUUID().toString();
        if (outcome instanceof Services.Outcome.BadName) {
            Visit.refuse("order:name", fmt.text("order.bad-name"));
        } else if (outcome instanceof Services.Outcome.NoWallet none) {
            Visit.refuse(fmt.text("order.no-wallet", none.currency()));
        } else if (outcome instanceof Services.Outcome.TooLittle lacking) {
            Visit.refuse(fmt.text("order.short", fmt.money(lacking.missing())));
        } else {
            Visit.refuse(fmt.text("order.withdrawn"));
        }
    }

    /** Regions in which something is sold. */
    public List<Catalog.Region> getRegions() {
        return shelves().stream().map(Catalog.Shelf::region).toList();
    }

    /** What is sold in the chosen region. */
    public List<Catalog.Offer> getOffers() {
        return shelves().stream()
                .filter(shelf -> shelf.region().code().equals(region))
                .flatMap(shelf -> shelf.offers().stream())
                .toList();
    }

    /** The chosen offer, if one is chosen and still on sale. */
    public Catalog.@Nullable Offer getOffer() {
        return Addresses.id(plan)
                .flatMap(id -> getOffers().stream()
                        .filter(offer -> offer.planId().equals(id))
                        .findFirst())
                .orElse(null);
    }

    /** The chosen region's name. */
    public String getRegionName() {
        return getRegions().stream()
                .filter(one -> one.code().equals(region))
                .map(Catalog.Region::name)
                .findFirst()
                .orElse("");
    }

    /** The wallet that would pay, if it may be seen. */
    public Wallets.@Nullable Balance getWallet() {
        var known = balances;
        if (known == null) {
            known = access.allowsIn(known(), Permission.BILLING_VIEW) ? wallets.of(known()) : List.of();
            balances = known;
        }
        var offer = getOffer();
        return known.stream()
                .filter(one -> offer == null
                        || one.balance().currency().equals(offer.monthly().currency()))
                .findFirst()
                .orElse(null);
    }

    /** What an hour costs in all once this server runs too. */
    public @Nullable Money getPace() {
        var wallet = getWallet();
        var offer = getOffer();
        return wallet == null || offer == null ? null : wallet.burnPerHour().plus(offer.hourly());
    }

    /** What is to be chosen, one after the other. */
    public List<String> getSteps() {
        return List.of(fmt.text("order.region"), fmt.text("order.plan"), fmt.text("order.name"));
    }

    /** Where finished steps are: the region on top of the page, the plan below. */
    public List<String> getStepLinks() {
        return List.of("#main", "#plans", "#name");
    }

    /** The address of this page with another choice. */
    public String to(String otherRegion, String otherPlan) {
        var address = new StringBuilder(place()).append("/order?region=").append(Addresses.part(otherRegion));
        if (me.isStaff()) {
            address.append("&organization=").append(known());
        }
        if (!otherPlan.isEmpty()) {
            address.append("&plan=").append(Addresses.part(otherPlan));
        }
        return address.append(otherPlan.isEmpty() ? "#plans" : "#name").toString();
    }

    public @Nullable String getCustomer() {
        return customer;
    }

    public void setCustomer(@Nullable String customer) {
        this.customer = customer;
    }

    public String getOrganizationName() {
        return organizationName;
    }

    public @Nullable UUID getOrganizationId() {
        return organizationId;
    }

    public String getRegion() {
        return region;
    }

    public void setRegion(@Nullable String region) {
        this.region = Objects.requireNonNullElse(region, "");
    }

    public String getPlan() {
        return plan;
    }

    public void setPlan(@Nullable String plan) {
        this.plan = Objects.requireNonNullElse(plan, "");
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = Objects.requireNonNullElse(name, "");
    }

    private List<Catalog.Shelf> shelves() {
        var known = shelves;
        if (known == null) {
            known = catalog.shelves();
            shelves = known;
        }
        return known;
    }

    private String suggestion(UUID id) {
        if (!name.isEmpty()) {
            return name;
        }
        var count = access.allowsIn(id, Permission.VPS_VIEW)
                ? services.count(new Services.Filter(Optional.of(id), false, "", 0, 1))
                : 0;
        return "server-" + (count + 1);
    }

    private String place() {
        return me.isStaff() ? "/staff" : "/portal";
    }

    private UUID known() {
        return Optional.ofNullable(organizationId).orElseThrow(() -> new NotVisible("organization", "of the order"));
    }
}
