package io.tenantry.tax;

/**
 * Who buys, as the tax looks at it.
 *
 * @param country where it is, by ISO 3166
 */
public record Buyer(String country, Status status) {
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
