package io.tenantry.web.portal;

import io.tenantry.billing.wallet.WalletAdministration;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.catalog.Catalog;
import io.tenantry.cloud.provisioning.Images;
import io.tenantry.cloud.provisioning.ProvisioningTarget;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Organizations;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Lazy;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** For whom a server is ordered, and what its address selects: the plan, the region, and where a provider would create the server. */
@Named
@ViewScoped
public class OrderSelection implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    HttpServletRequest request;

    @Inject
    CurrentOrganization organization;

    @Inject
    CurrentPerson me;

    @Inject
    Access access;

    @Inject
    Organizations organizations;

    @Inject
    WalletAdministration wallets;

    @Inject
    Catalog catalog;

    @Inject
    Images images;

    private @Nullable UUID organizationId;
    private String organizationName = "";
    private final Lazy<Currency> currency = new Lazy<>();
    private final Lazy<OrderCatalog> goods = new Lazy<>();
    private final Lazy<List<Wallets.Balance>> balances = new Lazy<>();
    private final Lazy<Optional<ProvisioningTarget.Placement>> placement = new Lazy<>();

    /** Determines the organization: the member's own, or the one that staff order for. */
    void open() {
        var id = me.isStaff()
                ? PageResult.id("organization", request.getParameter(OrderAddress.ORGANIZATION))
                : organization.getId();
        access.requireIn(id, Permission.VPS_CREATE);
        organizationId = id;
        organizationName = me.isStaff() ? organizations.one(id).name() : "";
    }

    public @Nullable UUID getOrganizationId() {
        return organizationId;
    }

    public String getOrganizationName() {
        return organizationName;
    }

    /** Returns the id of the organization, after {@link #open}. */
    UUID known() {
        return Optional.ofNullable(organizationId)
                .orElseThrow(() -> new NotFoundException("organization", "of the order"));
    }

    /** Returns the choices in the address of this request: a submission may contain other choices than the page was shown with. */
    OrderAddress address() {
        return OrderAddress.of(root() + "/order", request.getParameterMap());
    }

    /** Returns the path of the user's area. */
    String root() {
        return me.isStaff() ? "/staff" : "/portal";
    }

    /** Returns the currency of the payment. */
    Currency currency() {
        return currency.get(() -> {
            var wallet = getWallet();
            return wallet == null ? wallets.currency(known()) : wallet.balance().currency();
        });
    }

    /** Returns the wallet that would pay, if the user may view it. */
    public Wallets.@Nullable Balance getWallet() {
        return balances
                .get(() -> access.allowsIn(known(), Permission.BILLING_VIEW) ? wallets.of(known()) : List.of())
                .stream()
                .findFirst()
                .orElse(null);
    }

    // ---- plan and region

    /** Returns what can be ordered. */
    OrderCatalog goods() {
        return goods.get(() -> OrderCatalog.of(catalog, currency()));
    }

    /** Discards the loaded plans and prices, so that they are read again. */
    void forget() {
        goods.forget();
        placement.forget();
    }

    /** Whether anything is on sale. */
    public boolean isAnything() {
        return !goods().shelves().isEmpty();
    }

    /** Returns the chosen plan in the chosen region, if it is sold there. */
    public Catalog.@Nullable Offer getOffer() {
        return plan().flatMap(plan -> goods().offer(plan, getRegionCode())).orElse(null);
    }

    /** Whether the choices are sufficient to order. */
    public boolean isComplete() {
        return getOffer() != null;
    }

    /** Returns the chosen plan, in any region. */
    public Catalog.@Nullable Offer getPlan() {
        return plan().flatMap(goods()::anywhere).orElse(null);
    }

    /** Returns the chosen region, or the only one in which the plan is sold; empty if there is none. */
    public String getRegionCode() {
        return region().map(Catalog.Region::code).orElse("");
    }

    /** Returns the name of that region. */
    public String getRegionName() {
        return region().map(Catalog.Region::name).orElse("");
    }

    /** Whether the chosen plan is not sold in the chosen region: to be shown. */
    public boolean isApart() {
        return getOffer() == null && getPlan() != null && !getRegionName().isEmpty();
    }

    private Optional<Catalog.Region> region() {
        return goods().region(address().one(OrderAddress.REGION))
                .or(() -> plan().map(goods()::regions)
                        .filter(regions -> regions.size() == 1)
                        .map(regions -> regions.get(0)));
    }

    private Optional<UUID> plan() {
        return QueryParameters.id(address().one(OrderAddress.PLAN))
                .filter(plan -> !goods().regions(plan).isEmpty());
    }

    /** Returns where a provider would create the server; empty if none would, or if the location is not known yet. */
    Optional<ProvisioningTarget.Placement> place() {
        return placement.get(() -> Optional.ofNullable(getOffer())
                .flatMap(offer -> images.place(offer.planId(), offer.size(), getRegionCode())));
    }
}
