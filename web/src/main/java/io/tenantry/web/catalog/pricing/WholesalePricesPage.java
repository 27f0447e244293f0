package io.tenantry.web.catalog.pricing;

import io.tenantry.catalog.pricing.ResellerPrices;
import io.tenantry.catalog.pricing.ResellerPrices.Line;
import io.tenantry.web.layout.PageResult;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The wholesale prices that the platform charges the reseller, read-only. */
@Named
@RequestScoped
public class WholesalePricesPage {
    @Inject
    ResellerPrices prices;

    private @Nullable List<Line> lines;

    /** Loads the prices, if the user may view them. */
    public void open() {
        PageResult.load(this::getLines);
    }

    /** Returns all prices in order. */
    public List<Line> getLines() {
        var known = lines;
        if (known == null) {
            known = prices.all();
            lines = known;
        }
        return known;
    }
}
