package io.tenantry.billing.tax;

/** Why a sale bears the tax that it bears. Documents carry a wording for those that need one. */
public enum TaxTreatment {
    /** The rate of the place. */
    TAXED,
    /** The buyer owes the tax where it is (Article 196 of Directive 2006/112/EC); the document must say so. */
    REVERSE_CHARGE,
    /** The place of the sale is where the buyer is, and the seller owes nothing there (Articles 44 and 59). */
    OUT_OF_SCOPE,
    /** The buyer has a document that frees it. */
    EXEMPT,
    /** The seller is so small that its state lets it collect none (Article 284 of Directive 2006/112/EC); the document must say so. */
    SMALL_BUSINESS,
    /** The seller collects nothing at all, or not there. */
    NOT_REGISTERED,
    /** It is no sale: it makes good a damage, such as late payment (judgment C-222/81), and is never decided by a rule. */
    COMPENSATION;

    /** Whether a document must say why there is no tax. */
    public boolean isWorded() {
        return this == REVERSE_CHARGE
                || this == OUT_OF_SCOPE
                || this == EXEMPT
                || this == SMALL_BUSINESS
                || this == COMPENSATION;
    }
}
