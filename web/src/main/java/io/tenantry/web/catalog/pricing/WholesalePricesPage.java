package io.tenantry.web.catalog.pricing;

import io.tenantry.catalog.pricing.ResellerPrices;
import io.tenantry.catalog.pricing.ResellerPrices.Line;
import io.tenantry.web.layout.PageResult;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the platform asks of the reseller, to look at. */
@Named
@RequestScoped
public class WholesalePricesPage {
    @Inject
    ResellerPrices prices;

    private @Nullable List<Line> lines;

    /** Looks at them, if they may be seen. */
    public void open() {
        PageResult.look(this::getLines);
    }

    /** All prices in order. */
    public List<Line> getLines() {
        var known = lines;
        if (known == null) {
            known = prices.all();
            lines = known;
        }
        return known;
    }
}
