package io.tenantry.web.pricing;

import io.tenantry.identity.Permission;
import io.tenantry.money.CurrencyUnits;
import io.tenantry.pricing.PriceLists;
import io.tenantry.pricing.PriceLists.Outcome;
import io.tenantry.pricing.PriceLists.Summary;
import io.tenantry.settlement.ResellerGroups;
import io.tenantry.settlement.ResellerGroups.Group;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Addresses;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All price lists, and beginning another. */
@Named
@RequestScoped
public class PriceListsPage {
    static final String ONE = "/console/price-lists/one?id=";

    @Inject
    PriceLists lists;

    @Inject
    ResellerGroups groups;

    @Inject
    TenantDirectory tenants;

    @Inject
    CurrentPerson me;

    @Inject
    Fmt fmt;

    private String owner = "";
    private String currency = "";
    private @Nullable List<Summary> all;

    /** Looks at them, if they may be seen. */
    public void open() {
        Visit.look(this::getAll);
    }

    /** Begins a list of everybody, a group, or a reseller, whose list is in the currency of its books. */
    public void begin() {
        var reseller = owner.startsWith("reseller:")
                ? reseller(owner.substring("reseller:".length()))
                : Optional.<TenantId>empty();
        var code = currency();
        if (reseller.isPresent()) {
            say(lists.openForReseller(reseller.get()));
        } else if (code.isEmpty()) {
            Visit.refuse("begin:currency", fmt.text("pricing.currency.invalid"));
        } else if (owner.startsWith("group:")) {
            say(lists.openForGroup(
                    Addresses.id(owner.substring("group:".length())).orElseThrow(), code.get()));
        } else {
            say(lists.open(code.get()));
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

    private void say(Outcome outcome) {
        if (outcome instanceof Outcome.Exists exists) {
            Visit.go(ONE + exists.id(), fmt.text("pricing.exists"));
        } else if (outcome instanceof Outcome.Done done) {
            Visit.go(ONE + done.id(), fmt.text("pricing.begun"));
        }
    }

    public List<Summary> getAll() {
        var known = all;
        if (known == null) {
            known = lists.all();
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
