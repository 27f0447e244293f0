package io.tenantry.web.staff;

import io.tenantry.cloud.transfer.OveragePrices;
import io.tenantry.cloud.transfer.OveragePrices.Version;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.catalog.fx.DisplayCurrency;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The price of transfer beyond what plans include: the one in force, and earlier ones. */
@Named
@RequestScoped
public class OveragePricePage {
    @Inject
    CurrentPerson me;

    @Inject
    OveragePrices prices;

    @Inject
    DisplayCurrency list;

    @Inject
    Format format;

    private @Nullable BigDecimal perGib;
    private @Nullable List<Version> versions;

    /** Loads the prices, if the user may view them. */
    public void open() {
        PageResult.load(() -> getVersions().stream()
                .findFirst()
                .ifPresent(latest -> perGib = latest.perGib().amount()));
    }

    /** Returns the maximum price. */
    public Money getMost() {
        return Version.maximum(list.getCurrency());
    }

    /** Publishes a price. */
    public void publish() {
        var price = new Money(Objects.requireNonNullElse(perGib, BigDecimal.ZERO), list.getCurrency());
        switch (prices.publish(price)) {
            case DONE -> PageResult.go(list.at("/staff/transfer-price"), format.text("price.published"));
            case INVALID -> PageResult.refuse("publish:gib", format.text("transfer.price.invalid"));
            case UNCHANGED -> PageResult.refuse("publish:gib", format.text("transfer.price.unchanged"));
        }
    }

    /** Returns the versions of the price, the latest first. */
    public List<Version> getVersions() {
        var known = versions;
        if (known == null) {
            known = prices.all().stream()
                    .filter(one -> one.perGib().currency().equals(list.getCurrency()))
                    .toList();
            versions = known;
        }
        return known;
    }

    public boolean isManaged() {
        return me.may(Permission.STAFF_PLANS_MANAGE) && list.isOpen();
    }

    public @Nullable BigDecimal getPerGib() {
        return perGib;
    }

    public void setPerGib(@Nullable BigDecimal perGib) {
        this.perGib = perGib;
    }
}
