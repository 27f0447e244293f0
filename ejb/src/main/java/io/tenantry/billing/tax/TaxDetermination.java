package io.tenantry.billing.tax;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Set;

/**
 * Determines the tax on an electronically supplied service. A sale to a business takes place where the business is; a sale to anyone else where
 * that person is, or where the seller is as long as sales abroad are low (Articles 44, 58 and 59c of Directive 2006/112/EC; the United Kingdom,
 * Switzerland and Norway have similar rules). If no tax can be determined, that is an error and never treated as untaxed.
 */
public final class TaxDetermination {
    /** Countries outside the EU where businesses are liable for the tax if the seller is not established there, even if it is registered. */
    private static final Set<String> OWED_BY_BUSINESSES = Set.of("GB", "NO");

    private final TaxRates rates;

    /**
     * Creates the rules.
     *
     * @param rates of all places where the seller may collect tax
     */
    public TaxDetermination(TaxRates rates) {
        this.rates = rates;
    }

    /**
     * Tax on a sale.
     *
     * @param place the tax jurisdiction; the buyer's tax area if no tax is due
     * @param percent zero unless it is taxed
     */
    public record Decision(TaxTreatment treatment, String place, BigDecimal percent) {}

    /**
     * Determines the tax on a sale on a day.
     *
     * @throws IllegalArgumentException if tax is to be collected at an unknown rate
     */
    public Decision decide(TaxRegistrationStatus collector, TaxCustomer taxCustomer, String category, LocalDate day) {
        var seller = collector.byArea();
        var buyer = TaxArea.of(taxCustomer.country(), taxCustomer.region(), seller.country());
        if (seller.registered().isEmpty()) {
            return none(TaxTreatment.NOT_REGISTERED, buyer);
        }
        if (isOwedByBuyer(seller, buyer, taxCustomer)) {
            return none(TaxTreatment.REVERSE_CHARGE, buyer);
        }
        var place = taxedAt(seller, buyer, taxCustomer);
        if (seller.isRegisteredIn(place) || isDeclaredAtHome(seller, taxCustomer, place)) {
            if (taxCustomer.status() == TaxCustomer.Status.EXEMPT) {
                return none(TaxTreatment.EXEMPT, buyer);
            }
            return seller.isSmall() && place.equals(seller.country())
                    ? none(TaxTreatment.SMALL_BUSINESS, buyer)
                    : taxed(place.equals(buyer) ? withOwnRates(taxCustomer, place) : place, category, day);
        }
        return none(withoutTax(seller), buyer);
    }

    /** Whether the buyer is a business abroad, in a place where the seller would otherwise collect tax (Article 196). */
    private static boolean isOwedByBuyer(TaxRegistrationStatus seller, String buyer, TaxCustomer taxCustomer) {
        if (taxCustomer.status() != TaxCustomer.Status.BUSINESS
                || seller.country().equals(buyer)) {
            return false;
        }
        return EuropeanUnion.contains(buyer)
                ? EuropeanUnion.contains(seller.country())
                        || seller.registered().stream().anyMatch(EuropeanUnion::contains)
                : OWED_BY_BUSINESSES.contains(buyer) && seller.isRegisteredIn(buyer);
    }

    /**
     * Returns the buyer's place, with the region if the seller is registered for it; but the seller's place for a consumer elsewhere in the EU
     * if the seller's sales there are low.
     */
    private static String taxedAt(TaxRegistrationStatus seller, String buyer, TaxCustomer taxCustomer) {
        var isSmall = EuropeanUnion.contains(seller.country())
                && EuropeanUnion.contains(buyer)
                && taxCustomer.status() != TaxCustomer.Status.BUSINESS
                && !seller.isOneStop()
                && !seller.isRegisteredIn(buyer);
        if (isSmall) {
            return seller.country();
        }
        return seller.isRegisteredIn(taxCustomer.place()) ? taxCustomer.place() : buyer;
    }

    private static String withOwnRates(TaxCustomer taxCustomer, String country) {
        return TaxArea.hasOwnRates(taxCustomer.place()) ? taxCustomer.place() : country;
    }

    private Decision taxed(String place, String category, LocalDate day) {
        return new Decision(TaxTreatment.TAXED, place, rate(place, category, day));
    }

    private static boolean isDeclaredAtHome(TaxRegistrationStatus seller, TaxCustomer taxCustomer, String place) {
        return seller.isOneStop()
                && EuropeanUnion.contains(place)
                && taxCustomer.status() != TaxCustomer.Status.BUSINESS;
    }

    private static TaxTreatment withoutTax(TaxRegistrationStatus seller) {
        return EuropeanUnion.contains(seller.country()) ? TaxTreatment.OUT_OF_SCOPE : TaxTreatment.NOT_REGISTERED;
    }

    /** Categories without a separate rate at a place have the standard rate there. */
    private BigDecimal rate(String place, String category, LocalDate day) {
        return rates.on(day, place, category)
                .or(() -> rates.on(day, place, TaxRates.STANDARD))
                .orElseThrow(
                        () -> new IllegalArgumentException("no rate of " + category + " in " + place + " on " + day));
    }

    private static Decision none(TaxTreatment taxTreatment, String buyer) {
        return new Decision(taxTreatment, buyer, BigDecimal.ZERO);
    }
}
