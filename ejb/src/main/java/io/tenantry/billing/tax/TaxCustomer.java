package io.tenantry.billing.tax;

/**
 * Tax-relevant data of a customer.
 *
 * @param country its country, by ISO 3166
 * @param region the region within it, by ISO 3166-2 without the country; empty if unknown
 */
public record TaxCustomer(String country, String region, Status status) {
    /** Creates a customer without a region. */
    public TaxCustomer(String country, Status status) {
        this(country, "", status);
    }

    /** The most precise known place: the country alone, or with the region after a dash. */
    String place() {
        return region.isEmpty() ? country : country + "-" + region;
    }

    /** Tax status of a customer. */
    public enum Status {
        /** The default, unless another status is proven. */
        CONSUMER,
        /** A business whose number was confirmed by its state. */
        BUSINESS,
        /** Exempt from tax by a certificate that the seller holds. */
        EXEMPT
    }
}
