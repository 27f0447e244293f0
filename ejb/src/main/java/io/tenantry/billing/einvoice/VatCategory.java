package io.tenantry.billing.einvoice;

import io.tenantry.billing.tax.TaxTreatment;
import java.math.BigDecimal;

/** VAT categories of EN 16931 (UNTDID 5305). Hosting is a service, so K and G, which apply to goods, are never used. */
enum VatCategory {
    /** Taxed at a rate. */
    STANDARD("S", ""),
    /** Taxed at a rate of zero. */
    ZERO("Z", ""),
    /** Exempt, for a reason. */
    EXEMPT("E", ""),
    /** The buyer is liable for the tax. */
    REVERSE_CHARGE("AE", "VATEX-EU-AE"),
    /** Not subject to VAT. */
    OUT_OF_SCOPE("O", "VATEX-EU-O");

    private final String code;
    private final String reasonCode;

    VatCategory(String code, String reasonCode) {
        this.code = code;
        this.reasonCode = reasonCode;
    }

    /**
     * Returns the category of a treatment. Amounts not subject to VAT may not be combined with others (BR-O-11 to 14); where that is necessary,
     * because a customer moved within the month or paid too late, they are exempt with a reason.
     *
     * @param isAlone whether no part of the document is subject to VAT
     */
    static VatCategory of(TaxTreatment taxTreatment, BigDecimal percent, boolean isAlone) {
        return switch (taxTreatment) {
            case TAXED -> percent.signum() > 0 ? STANDARD : ZERO;
            case REVERSE_CHARGE -> REVERSE_CHARGE;
            case EXEMPT, SMALL_BUSINESS -> EXEMPT;
            case OUT_OF_SCOPE, NOT_REGISTERED, COMPENSATION -> isAlone ? OUT_OF_SCOPE : EXEMPT;
        };
    }

    /** Whether a treatment means that something is not subject to VAT. */
    static boolean isOutside(TaxTreatment taxTreatment) {
        return taxTreatment == TaxTreatment.OUT_OF_SCOPE
                || taxTreatment == TaxTreatment.NOT_REGISTERED
                || taxTreatment == TaxTreatment.COMPENSATION;
    }

    String code() {
        return code;
    }

    /** BT-121; empty if there is none and the reason is stated in words. */
    String reasonCode() {
        return reasonCode;
    }

    /** Whether a rate is stated, even if it is zero: amounts not subject to VAT have none (BR-O-05). */
    boolean isRated() {
        return this != OUT_OF_SCOPE;
    }

    /** Whether the document has to state why there is no tax. */
    boolean isReasoned() {
        return this == EXEMPT || this == REVERSE_CHARGE || this == OUT_OF_SCOPE;
    }
}
