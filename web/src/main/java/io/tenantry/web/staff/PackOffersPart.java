package io.tenantry.web.staff;

import io.tenantry.money.Money;
import io.tenantry.usage.PackOffers;
import io.tenantry.web.currency.PriceList;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Packs of transfer as the reseller offers them, as a part of the page of its price. */
@Named("packOffers")
@RequestScoped
public class PackOffersPart {
    private static final String HERE = "/staff/transfer";

    @Inject
    PackOffers offers;

    @Inject
    PriceList list;

    @Inject
    Fmt fmt;

    private @Nullable Integer gib;
    private @Nullable BigDecimal price;
    private @Nullable Integer months;
    private @Nullable List<PackOffers.Offer> all;

    /** Offers what was typed. */
    public void offer() {
        var draft = new PackOffers.Draft(
                Objects.requireNonNullElse(gib, 0),
                new Money(Objects.requireNonNullElse(price, BigDecimal.ZERO), list.getCurrency()),
                Optional.ofNullable(months));
        switch (offers.offer(draft)) {
            case DONE -> Visit.go(list.at(HERE), fmt.text("packs.offered"));
            case INVALID -> Visit.refuse("pack:gib", fmt.text("packs.invalid"));
            case THERE -> Visit.refuse("pack:gib", fmt.text("packs.there"));
        }
    }

    /** Takes an offer off sale. */
    public void withdraw(UUID id) {
        Visit.look(() -> {
            offers.withdraw(id);
            Visit.go(list.at(HERE), fmt.text("packs.withdrawn"));
        });
    }

    /** All offers, those on sale first. */
    public List<PackOffers.Offer> getAll() {
        var known = all;
        if (known == null) {
            known = offers.all().stream()
                    .filter(one -> one.price().currency().equals(list.getCurrency()))
                    .toList();
            all = known;
        }
        return known;
    }

    /** How long a pack counts, in words. */
    public String span(PackOffers.Offer one) {
        return one.months().map(some -> fmt.text("pool.months", some)).orElseGet(() -> fmt.text("pool.lasting"));
    }

    public @Nullable Integer getGib() {
        return gib;
    }

    public void setGib(@Nullable Integer gib) {
        this.gib = gib;
    }

    public @Nullable BigDecimal getPrice() {
        return price;
    }

    public void setPrice(@Nullable BigDecimal price) {
        this.price = price;
    }

    public @Nullable Integer getMonths() {
        return months;
    }

    public void setMonths(@Nullable Integer months) {
        this.months = months;
    }
}
