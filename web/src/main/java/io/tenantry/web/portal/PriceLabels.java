package io.tenantry.web.portal;

import io.tenantry.billing.tax.DisplayedTax;
import io.tenantry.billing.tax.TaxTreatment;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.layout.Countries;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What prices say of tax, in words. */
@RequestScoped
@Named("priceWords")
public class PriceLabels {
    @Inject
    DisplayedTax taxes;

    @Inject
    Format format;

    @Inject
    Countries countries;

    private DisplayedTax.@Nullable Kind kind;

    /** Whether tax is in the reseller's prices, comes upon them, or is not collected. */
    public String getAll() {
        var known = kind;
        if (known == null) {
            known = taxes.kind();
            kind = known;
        }
        return of(known);
    }

    /** The same, of what is known already. */
    public String of(DisplayedTax.Kind told) {
        return format.text("prices." + told.name().toLowerCase(Locale.ROOT));
    }

    /** How much tax a price bears, and at which rate; or why none. */
    public String bears(DisplayedTax.AppliedTax appliedTax, Money price) {
        if (appliedTax.treatment() != TaxTreatment.TAXED) {
            return format.text("invoice.tax.line." + appliedTax.treatment(), format.rate(appliedTax.percent()));
        }
        return format.text(
                appliedTax.isIncluded() ? "order.tax.included" : "order.tax.upon",
                format.rate(appliedTax.percent()),
                countries.name(appliedTax.place()),
                format.money(appliedTax.tax(price)));
    }
}
