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

/** Labels for the tax on prices. */
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

    /** Whether the reseller's prices include tax, exclude it, or no tax is collected. */
    public String getAll() {
        var known = kind;
        if (known == null) {
            known = taxes.kind();
            kind = known;
        }
        return of(known);
    }

    /** Returns the same for a known kind. */
    public String of(DisplayedTax.Kind kind) {
        return format.text("prices." + kind.name().toLowerCase(Locale.ROOT));
    }

    /** Returns the tax on a price and its rate; or the reason why there is none. */
    public String bears(DisplayedTax.AppliedTax appliedTax, Money price) {
        if (appliedTax.treatment() != TaxTreatment.TAXED) {
            return format.text("invoice.tax.line." + appliedTax.treatment(), format.rate(appliedTax.percent()));
        }
        return format.text(
                appliedTax.isIncluded() ? "order.tax.included" : "order.tax.excluded",
                format.rate(appliedTax.percent()),
                countries.name(appliedTax.place()),
                format.money(appliedTax.tax(price)));
    }
}
