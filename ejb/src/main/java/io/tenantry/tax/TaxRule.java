package io.tenantry.tax;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Set;

/**
 * Decides which tax a service that is rendered by computers bears. The place of a sale to a business is where the business is, that of a
 * sale to anybody else where that person is, or where the seller is as long as little is sold abroad (Articles 44, 58 and 59c of
 * Directive 2006/112/EC; the United Kingdom, Switzerland and Norway have it much alike). What cannot be decided is an error and never nothing.
 */
public final class TaxRule {
    /** Besides the EU: where businesses owe the tax themselves if the seller is not at home there, though it be registered. */
    private static final Set<String> OWED_BY_BUSINESSES = Set.of("GB", "NO");

    private final TaxRates rates;

    /** @param rates of all places where the seller may collect */
    public TaxRule(TaxRates rates) {
        this.rates = rates;
    }

    /**
     * What a sale bears.
     *
     * @param place whose tax it is; the buyer's country where none is owed
     * @param percent zero unless it is taxed
     */
    public record Decision(Treatment treatment, String place, BigDecimal percent) {}

    /**
     * Which tax a sale bears on a day.
     *
     * @throws IllegalArgumentException if tax is to be collected at a rate that is not known
     */
    public Decision decide(Collector seller, Buyer buyer, String category, LocalDate day) {
        if (seller.registered().isEmpty()) {
            return none(Treatment.NOT_REGISTERED, buyer);
        }
        if (isOwedByBuyer(seller, buyer)) {
            return none(Treatment.REVERSE_CHARGE, buyer);
        }
        var place = taxedAt(seller, buyer);
        if (seller.isRegisteredIn(place) || isDeclaredAtHome(seller, buyer, place)) {
            if (buyer.status() == Buyer.Status.EXEMPT) {
                return none(Treatment.EXEMPT, buyer);
            }
            return seller.isSmall() && place.equals(seller.country())
                    ? none(Treatment.SMALL_BUSINESS, buyer)
                    : new Decision(Treatment.TAXED, place, rate(place, category, day));
        }
        return none(withoutTax(seller), buyer);
    }

    /** A business abroad, where the seller would collect if it were none (Article 196). */
    private static boolean isOwedByBuyer(Collector seller, Buyer buyer) {
        if (buyer.status() != Buyer.Status.BUSINESS || seller.country().equals(buyer.country())) {
            return false;
        }
        return Union.contains(buyer.country())
                ? Union.contains(seller.country())
                        || seller.registered().stream().anyMatch(Union::contains)
                : OWED_BY_BUSINESSES.contains(buyer.country()) && seller.isRegisteredIn(buyer.country());
    }

    /** Where the buyer is, in the region if the seller is registered for that one, unless it is a consumer elsewhere in the EU of a seller that sells little there. */
    private static String taxedAt(Collector seller, Buyer buyer) {
        var isSmall = Union.contains(seller.country())
                && Union.contains(buyer.country())
                && buyer.status() != Buyer.Status.BUSINESS
                && !seller.isOneStop()
                && !seller.isRegisteredIn(buyer.country());
        if (isSmall) {
            return seller.country();
        }
        return seller.isRegisteredIn(buyer.place()) ? buyer.place() : buyer.country();
    }

    private static boolean isDeclaredAtHome(Collector seller, Buyer buyer, String place) {
        return seller.isOneStop() && Union.contains(place) && buyer.status() != Buyer.Status.BUSINESS;
    }

    private static Treatment withoutTax(Collector seller) {
        return Union.contains(seller.country()) ? Treatment.OUTSIDE : Treatment.NOT_REGISTERED;
    }

    /** A category without a rate of its own at a place has the standard one there. */
    private BigDecimal rate(String place, String category, LocalDate day) {
        return rates.on(day, place, category)
                .or(() -> rates.on(day, place, TaxRates.STANDARD))
                .orElseThrow(
                        () -> new IllegalArgumentException("no rate of " + category + " in " + place + " on " + day));
    }

    private static Decision none(Treatment treatment, Buyer buyer) {
        return new Decision(treatment, buyer.country(), BigDecimal.ZERO);
    }
}
