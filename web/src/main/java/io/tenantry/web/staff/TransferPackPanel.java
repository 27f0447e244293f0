package io.tenantry.web.staff;

import io.tenantry.cloud.transfer.TransferPackOffers;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.catalog.fx.DisplayCurrency;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.ShownRows;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The transfer packs that the reseller offers, as a part of the page of the transfer price. */
@Named("packOffers")
@ViewScoped
public class TransferPackPanel implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String HERE = "/staff/transfer-price";

    @Inject
    TransferPackOffers offers;

    @Inject
    DisplayCurrency list;

    @Inject
    Format format;

    private @Nullable Integer gib;
    private @Nullable BigDecimal price;
    private @Nullable Integer months;
    private final ShownRows<TransferPackOffers.Offer> all = new ShownRows<>();

    /** Returns the maximum price. */
    public Money getMost() {
        return TransferPackOffers.Draft.maximum(list.getCurrency());
    }

    /** Adds the entered offer. */
    public void offer() {
        var draft = new TransferPackOffers.Draft(
                Objects.requireNonNullElse(gib, 0),
                new Money(Objects.requireNonNullElse(price, BigDecimal.ZERO), list.getCurrency()),
                Optional.ofNullable(months));
        draft.faults()
                .forEach(field -> PageResult.refuse(
                        "pack:" + field.name().toLowerCase(Locale.ROOT),
                        format.text("packs.invalid." + field.name().toLowerCase(Locale.ROOT))));
        if (!draft.faults().isEmpty()) {
            return;
        }
        switch (offers.offer(draft)) {
            case DONE -> PageResult.go(list.at(HERE), format.text("packs.offered"));
            case INVALID -> PageResult.refuse("pack:price", format.text("packs.invalid.price"));
            case DUPLICATE -> PageResult.refuse("pack:gib", format.text("packs.duplicate"));
        }
    }

    /** Takes an offer off sale. */
    public void withdraw(UUID id) {
        PageResult.load(() -> {
            offers.withdraw(id);
            PageResult.go(list.at(HERE), format.text("packs.withdrawn"));
        });
    }

    /** Returns all offers, those on sale first. */
    public List<TransferPackOffers.Offer> getAll() {
        return all.get(() -> offers.all().stream()
                .filter(one -> one.price().currency().equals(list.getCurrency()))
                .toList());
    }

    /** Returns how long a pack is valid. */
    public String span(TransferPackOffers.Offer one) {
        return one.months()
                .map(some -> format.text("shared-transfer.months", some))
                .orElseGet(() -> format.text("shared-transfer.lasting"));
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
