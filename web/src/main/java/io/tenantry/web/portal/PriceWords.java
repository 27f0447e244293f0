package io.tenantry.web.portal;

import io.tenantry.money.Money;
import io.tenantry.tax.PriceTax;
import io.tenantry.tax.Treatment;
import io.tenantry.web.shell.Countries;
import io.tenantry.web.shell.Fmt;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What prices say of tax, in words. */
@RequestScoped
@Named("priceWords")
public class PriceWords {
    @Inject
    PriceTax taxes;

    @Inject
    Fmt fmt;

    @Inject
    Countries countries;

    private PriceTax.@Nullable Kind kind;

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
    public String of(PriceTax.Kind told) {
        return fmt.text("prices." + told.name().toLowerCase(Locale.ROOT));
    }

    /** How much tax a price bears, and at which rate; or why none. */
    public String bears(PriceTax.Bears bears, Money price) {
        if (bears.treatment() != Treatment.TAXED) {
            return fmt.text("invoice.tax.line." + bears.treatment(), fmt.rate(bears.percent()));
        }
        return fmt.text(
                bears.isIncluded() ? "order.tax.included" : "order.tax.upon",
                fmt.rate(bears.percent()),
                countries.name(bears.place()),
                fmt.money(bears.tax(price)));
    }
}
