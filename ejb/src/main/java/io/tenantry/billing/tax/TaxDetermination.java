package io.tenantry.billing.tax;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Set;

/**
 * Decides which tax a service that is rendered by computers bears. The place of a sale to a business is where the business is, that of a
 * sale to anybody else where that person is, or where the seller is as long as little is sold abroad (Articles 44, 58 and 59c of
 * Directive 2006/112/EC; the United Kingdom, Switzerland and Norway have it much alike). What cannot be decided is an error and never nothing.
 */
public final class TaxDetermination {
    /** Besides the EU: where businesses owe the tax themselves if the seller is not at home there, though it be registered. */
    private static final Set<String> OWED_BY_BUSINESSES = Set.of("GB", "NO");

    private final TaxRates rates;

    /** @param rates of all places where the seller may collect */
    public TaxDetermination(TaxRates rates) {
        this.rates = rates;
    }

    /**
     * What a sale bears.
     *
     * @param place whose tax it is; the buyer's country where none is owed
     * @param percent zero unless it is taxed
     */
    public record Decision(TaxTreatment treatment, String place, BigDecimal percent) {}

    /**
     * Which tax a sale bears on a day.
     *
     * @throws IllegalArgumentException if tax is to be collected at a rate that is not known
     */
    public Decision decide(TaxRegistrationStatus seller, TaxCustomer taxCustomer, String category, LocalDate day) {
        if (seller.registered().isEmpty()) {
            return none(TaxTreatment.NOT_REGISTERED, taxCustomer);
        }
        if (isOwedByBuyer(seller, taxCustomer)) {
            return none(TaxTreatment.REVERSE_CHARGE, taxCustomer);
        }
        var place = taxedAt(seller, taxCustomer);
        if (seller.isRegisteredIn(place) || isDeclaredAtHome(seller, taxCustomer, place)) {
            if (taxCustomer.status() == TaxCustomer.Status.EXEMPT) {
                return none(TaxTreatment.EXEMPT, taxCustomer);
            }
            return seller.isSmall() && place.equals(seller.country())
                    ? none(TaxTreatment.SMALL_BUSINESS, taxCustomer)
                    : new Decision(TaxTreatment.TAXED, place, rate(place, category, day));
        }
        return none(withoutTax(seller), taxCustomer);
    }

    /** A business abroad, where the seller would collect if it were none (Article 196). */
    private static boolean isOwedByBuyer(TaxRegistrationStatus seller, TaxCustomer taxCustomer) {
        if (taxCustomer.status() != TaxCustomer.Status.BUSINESS
                || seller.country().equals(taxCustomer.country())) {
            return false;
        }
        return EuropeanUnion.contains(taxCustomer.country())
                ? EuropeanUnion.contains(seller.country())
                        || seller.registered().stream().anyMatch(EuropeanUnion::contains)
                : OWED_BY_BUSINESSES.contains(taxCustomer.country()) && seller.isRegisteredIn(taxCustomer.country());
    }

    /** Where the buyer is, in the region if the seller is registered for that one, unless it is a consumer elsewhere in the EU of a seller that sells little there. */
    private static String taxedAt(TaxRegistrationStatus seller, TaxCustomer taxCustomer) {
        var isSmall = EuropeanUnion.contains(seller.country())
                && EuropeanUnion.contains(taxCustomer.country())
                && taxCustomer.status() != TaxCustomer.Status.BUSINESS
                && !seller.isOneStop()
                && !seller.isRegisteredIn(taxCustomer.country());
        if (isSmall) {
            return seller.country();
        }
        return seller.isRegisteredIn(taxCustomer.place()) ? taxCustomer.place() : taxCustomer.country();
    }

    private static boolean isDeclaredAtHome(TaxRegistrationStatus seller, TaxCustomer taxCustomer, String place) {
        return seller.isOneStop()
                && EuropeanUnion.contains(place)
                && taxCustomer.status() != TaxCustomer.Status.BUSINESS;
    }

    private static TaxTreatment withoutTax(TaxRegistrationStatus seller) {
        return EuropeanUnion.contains(seller.country()) ? TaxTreatment.OUT_OF_SCOPE : TaxTreatment.NOT_REGISTERED;
    }

    /** A category without a rate of its own at a place has the standard one there. */
    private BigDecimal rate(String place, String category, LocalDate day) {
        return rates.on(day, place, category)
                .or(() -> rates.on(day, place, TaxRates.STANDARD))
                .orElseThrow(
                        () -> new IllegalArgumentException("no rate of " + category + " in " + place + " on " + day));
    }

    private static Decision none(TaxTreatment taxTreatment, TaxCustomer taxCustomer) {
        return new Decision(taxTreatment, taxCustomer.country(), BigDecimal.ZERO);
    }
}
