package io.tenantry.web.portal;

import io.tenantry.billing.tax.DisplayedTax;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.layout.Lazy;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the chosen server costs with all its add-ons, and the tax on it. */
@Named
@ViewScoped
public class OrderPrice implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    OrderSelection selection;

    @Inject
    OrderAddons extras;

    @Inject
    OrderQuota quota;

    @Inject
    DisplayedTax displayedTax;

    private final Lazy<DisplayedTax.TaxNote> taxNote = new Lazy<>();

    /** Returns the hourly price, including all add-ons. */
    public @Nullable Money getHourly() {
        var plan = selection.getPlan();
        return plan == null ? null : extras.hourly(plan.hourly());
    }

    /** Returns the maximum monthly price, including all add-ons. */
    public @Nullable Money getMonthly() {
        var plan = selection.getPlan();
        return plan == null ? null : extras.monthly(plan.monthly());
    }

    /** Returns the reserved amount, including all add-ons. */
    public @Nullable Money getHeldAtFirst() {
        var offer = selection.getOffer();
        return offer == null ? null : extras.hourly(offer.hourly()).times(quota.getHoursHeld());
    }

    /** Returns the total hourly cost once this server runs too, including tax as the wallet's cost does. */
    public @Nullable Money getRunRate() {
        var wallet = selection.getWallet();
        var hourly = getHourly();
        return wallet == null || hourly == null
                ? null
                : wallet.burnPerHour()
                        .plus(taxNote().bears().map(tax -> tax.paid(hourly)).orElse(hourly));
    }

    /** Returns the tax on the price for the organization; null where no tax is collected, or the user may not view its wallet. */
    public DisplayedTax.@Nullable AppliedTax getBears() {
        return taxNote().bears().orElse(null);
    }

    /** Returns the kind of tax note for prices. */
    public DisplayedTax.Kind getPriceKind() {
        return taxNote().kind();
    }

    /** Returns the tax note. */
    private DisplayedTax.TaxNote taxNote() {
        return taxNote.get(() -> {
            var wallet = selection.getWallet();
            var chosen = selection.getPlan();
            return wallet == null || chosen == null
                    ? new DisplayedTax.TaxNote(displayedTax.kind(), Optional.empty())
                    : displayedTax.of(wallet.id(), chosen.planId());
        });
    }
}
