package io.tenantry.web.catalog.pricing;

import io.tenantry.catalog.pricing.PriceItem;
import io.tenantry.catalog.pricing.PriceKey;
import io.tenantry.catalog.pricing.PriceListCsv;
import io.tenantry.catalog.pricing.PriceListQuery.Owner;
import io.tenantry.catalog.pricing.PriceLists.Outcome;
import io.tenantry.catalog.pricing.WholesalePrices.Quote;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Labels for wholesale prices. */
@Named
@Dependent
public class WholesaleLabels implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int FAULTS_SHOWN = 5;
    private static final int KEYS_SHOWN = 5;

    @Inject
    Format format;

    @Inject
    TenantDirectory tenants;

    /** Returns the wholesale price as text. */
    public String describe(Quote quote) {
        if (quote instanceof Quote.Listed listed) {
            return format.text("price.wholesale.listed", format.money(listed.monthly(), true, false));
        }
        return quote instanceof Quote.Missing missing
                ? format.text("price.wholesale.missing.these", named(missing.keys()))
                : format.text("price.wholesale.own");
    }

    /** Returns what a price is for: the provider's code of a size, or an add-on by its name. */
    public String goods(PriceKey key) {
        return key.kind() == PriceKey.Kind.PLAN
                ? key.code()
                : format.text(
                        "pricing.addon." + key.code().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** Returns the region in which a price applies. */
    public String region(PriceKey key) {
        return key.region().isEmpty() ? format.text("pricing.everywhere") : key.region();
    }

    /** Returns the owner of a list. */
    public String owner(Owner owner) {
        if (owner instanceof Owner.Group group) {
            return format.text("pricing.owner.group", group.name());
        }
        return owner instanceof Owner.Reseller reseller ? name(reseller.tenant()) : format.text("pricing.owner.all");
    }

    /** Returns the reason why a draft was not changed or published. */
    String refusal(Outcome outcome) {
        if (outcome instanceof Outcome.TooEarly early) {
            return format.text("pricing.refused.early", format.date(early.earliest(), "datetime"));
        } else if (outcome instanceof Outcome.TooLate late) {
            return format.text("pricing.refused.late", format.date(late.latest(), "datetime"));
        } else if (outcome instanceof Outcome.Missing missing) {
            return format.text("pricing.refused.missing", named(missing.keys()));
        } else if (outcome instanceof Outcome.Unlisted unlisted) {
            return format.text("pricing.refused.unlisted", named(unlisted.keys()));
        } else if (outcome instanceof Outcome.Invalid invalid) {
            return format.text("pricing.refused.invalid", named(invalid.keys()));
        }
        return format.text(
                outcome instanceof Outcome.Published ? "pricing.refused.published" : "pricing.refused.empty");
    }

    /** Returns the first of the keys, as lists name them. */
    static String named(Collection<PriceKey> keys) {
        return keys.stream()
                .limit(KEYS_SHOWN)
                .map(key -> (key.provider() + " " + key.code() + " " + key.region()).strip())
                .collect(Collectors.joining(", "));
    }

    /** Returns the errors of a price file: the first ones, each with its line. */
    String faults(List<PriceListCsv.Fault> faults, Currency currency) {
        return faults.stream()
                .limit(FAULTS_SHOWN)
                .map(fault -> format.text("rates.fault", fault.line(), fault(fault, currency)))
                .collect(Collectors.joining(" "));
    }

    private String fault(PriceListCsv.Fault fault, Currency currency) {
        var problem = fault.problem().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return format.text("pricing.fault." + problem, fault.found(), highest(currency));
    }

    /** Returns the highest allowed price of a list in a currency. */
    public String highest(Currency currency) {
        return format.number(PriceItem.highest(currency));
    }

    /** Returns the display name of a reseller. */
    public String name(TenantId tenant) {
        return tenants.byId(tenant).map(known -> known.name()).orElse(tenant.value());
    }
}
