package io.tenantry.web.staff;

import io.tenantry.identity.Permission;
import io.tenantry.money.Money;
import io.tenantry.usage.TransferPrices;
import io.tenantry.usage.TransferPrices.Version;
import io.tenantry.web.currency.PriceList;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is taken for what is sent beyond what plans include: the price in force, and those before. */
@Named
@RequestScoped
public class TransferPage {
    @Inject
    CurrentPerson me;

    @Inject
    TransferPrices prices;

    @Inject
    PriceList list;

    @Inject
    Fmt fmt;

    private @Nullable BigDecimal perGib;
    private @Nullable List<Version> versions;

    /** Looks at the prices, if they may be seen. */
    public void open() {
        Visit.look(() -> getVersions().stream()
                .findFirst()
                .ifPresent(latest -> perGib = latest.perGib().amount()));
    }

    /** Publishes a price. */
    public void publish() {
        var price = new Money(Objects.requireNonNullElse(perGib, BigDecimal.ZERO), list.getCurrency());
        switch (prices.publish(price)) {
            case DONE -> Visit.go(list.at("/staff/transfer"), fmt.text("price.published"));
            case INVALID -> Visit.refuse("publish:gib", fmt.text("transfer.price.invalid"));
            case UNCHANGED -> Visit.refuse("publish:gib", fmt.text("transfer.price.unchanged"));
        }
    }

    /** The versions of the price, the latest first. */
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
