package io.tenantry.billing.tax;

/** Reason for the tax on a sale. Documents state a wording where one is required. */
public enum TaxTreatment {
    /** Taxed at the rate of the place. */
    TAXED,
    /** The buyer is liable for the tax in its country (Article 196 of Directive 2006/112/EC); the document must state so. */
    REVERSE_CHARGE,
    /** The place of the sale is where the buyer is, and the seller owes nothing there (Articles 44 and 59). */
    OUT_OF_SCOPE,
    /** The buyer has a document that frees it. */
    EXEMPT,
    /** The seller's state exempts it as a small business (Article 284 of Directive 2006/112/EC); the document must state so. */
    SMALL_BUSINESS,
    /** The seller collects no tax at all, or none in that place. */
    NOT_REGISTERED,
    /** It is not a sale: it compensates for a damage, such as late payment (judgment C-222/81), and is never determined by a rule. */
    COMPENSATION;

    /** Whether a document must state why there is no tax. */
    public boolean isWorded() {
        return this == REVERSE_CHARGE
                || this == OUT_OF_SCOPE
                || this == EXEMPT
                || this == SMALL_BUSINESS
                || this == COMPENSATION;
    }
}
