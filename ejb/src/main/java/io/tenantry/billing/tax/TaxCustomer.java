package io.tenantry.billing.tax;

/**
 * Who buys, as the tax looks at it.
 *
 * @param country where it is, by ISO 3166
 * @param region where in it, by ISO 3166-2 without the country; empty if it has not said so
 */
public record TaxCustomer(String country, String region, Status status) {
    /** One that has not said where in its country it is. */
    public TaxCustomer(String country, Status status) {
        this(country, "", status);
    }

    /** The most exact that is known: the country alone, or with the region after a dash. */
    String place() {
        return region.isEmpty() ? country : country + "-" + region;
    }

    /** What it is. */
    public enum Status {
        /** Anybody of whom nothing else is proven. */
        CONSUMER,
        /** A business whose number was found valid by its state. */
        BUSINESS,
        /** Freed from tax by a document that the seller has. */
        EXEMPT
    }
}
