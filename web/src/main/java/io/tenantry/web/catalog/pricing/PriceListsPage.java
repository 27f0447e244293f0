package io.tenantry.web.catalog.pricing;

import io.tenantry.admin.platform.TenantChoice;
import io.tenantry.catalog.pricing.PriceListQuery;
import io.tenantry.catalog.pricing.PriceListQuery.Summary;
import io.tenantry.catalog.pricing.PriceLists;
import io.tenantry.catalog.pricing.PriceLists.Outcome;
import io.tenantry.kernel.money.CurrencyUnits;
import io.tenantry.people.identity.Permission;
import io.tenantry.settlement.ResellerGroups;
import io.tenantry.settlement.ResellerGroups.Group;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All price lists, and creating another. */
@Named
@RequestScoped
public class PriceListsPage {
    static final String ONE = "/admin/price-lists/one?id=";

    @Inject
    PriceLists lists;

    @Inject
    PriceListQuery query;

    @Inject
    ResellerGroups groups;

    @Inject
    TenantChoice tenants;

    @Inject
    CurrentPerson me;

    @Inject
    Format format;

    private String owner = "";
    private String currency = "";
    private @Nullable List<Summary> all;

    /** Loads the lists, if the user may view them. */
    public void open() {
        PageResult.load(this::getAll);
    }

    /** Creates a list for all resellers, a group, or one reseller, whose list is in the currency of its ledger. */
    public void begin() {
        var reseller = owner.startsWith("reseller:")
                ? reseller(owner.substring("reseller:".length()))
                : Optional.<TenantId>empty();
        var code = currency();
        if (reseller.isPresent()) {
            showOutcome(lists.openForReseller(reseller.get()));
        } else if (code.isEmpty()) {
            PageResult.refuse("begin:currency", format.text("pricing.currency.invalid"));
        } else if (owner.startsWith("group:")) {
            showOutcome(lists.openForGroup(
                    QueryParameters.id(owner.substring("group:".length())).orElseThrow(), code.get()));
        } else {
            showOutcome(lists.open(code.get()));
        }
    }

    private Optional<TenantId> reseller(String slug) {
        return tenants.all().stream()
                .map(Tenant::id)
                .filter(id -> id.value().equals(slug))
                .findFirst();
    }

    private Optional<Currency> currency() {
        try {
            return Optional.of(Currency.getInstance(currency.strip().toUpperCase(Locale.ROOT)))
                    .filter(CurrencyUnits::areCounted);
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private void showOutcome(Outcome outcome) {
        if (outcome instanceof Outcome.Exists exists) {
            PageResult.go(ONE + exists.id(), format.text("pricing.exists"));
        } else if (outcome instanceof Outcome.Done done) {
            PageResult.go(ONE + done.id(), format.text("pricing.created"));
        }
    }

    public List<Summary> getAll() {
        var known = all;
        if (known == null) {
            known = query.all();
            all = known;
        }
        return known;
    }

    public List<Group> getGroups() {
        return groups.all();
    }

    public List<Tenant> getResellers() {
        return tenants.all();
    }

    public boolean isManaged() {
        return me.may(Permission.PLATFORM_TENANTS_MANAGE);
    }

    public String getOwner() {
        return owner;
    }

    public void setOwner(@Nullable String owner) {
        this.owner = Objects.requireNonNullElse(owner, "");
    }

    public String getCurrency() {
        return currency;
    }

    public void setCurrency(@Nullable String currency) {
        this.currency = Objects.requireNonNullElse(currency, "");
    }
}
