package io.tenantry.billing.einvoice;

import io.tenantry.billing.tax.TaxTreatment;
import java.math.BigDecimal;

/**
 * How EN 16931 says that something is taxed (UNTDID 5305). Hosting is a service, so that K and G, which are of goods, are never used.
 */
enum VatCategory {
    /** At a rate. */
    STANDARD("S", ""),
    /** At the rate of zero. */
    ZERO("Z", ""),
    /** Exempt, for a reason. */
    EXEMPT("E", ""),
    /** The buyer owes the tax. */
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
     * That of a treatment. What is not subject to VAT may not stand beside anything else (BR-O-11 to 14); where it has to, because a customer
     * moved within the month or paid too late, it is exempt and says why.
     *
     * @param isAlone whether nothing of the document is subject to VAT
     */
    static VatCategory of(TaxTreatment taxTreatment, BigDecimal percent, boolean isAlone) {
        return switch (taxTreatment) {
            case TAXED -> percent.signum() > 0 ? STANDARD : ZERO;
            case REVERSE_CHARGE -> REVERSE_CHARGE;
            case EXEMPT, SMALL_BUSINESS -> EXEMPT;
            case OUT_OF_SCOPE, NOT_REGISTERED, COMPENSATION -> isAlone ? OUT_OF_SCOPE : EXEMPT;
        };
    }

    /** Whether a treatment says that something is not subject to VAT. */
    static boolean isOutside(TaxTreatment taxTreatment) {
        return taxTreatment == TaxTreatment.OUT_OF_SCOPE
                || taxTreatment == TaxTreatment.NOT_REGISTERED
                || taxTreatment == TaxTreatment.COMPENSATION;
    }

    String code() {
        return code;
    }

    /** BT-121; empty where there is none and the reason is said in words. */
    String reasonCode() {
        return reasonCode;
    }

    /** Whether a rate is said, if only one of zero: what is not subject to VAT has none (BR-O-05). */
    boolean isRated() {
        return this != OUT_OF_SCOPE;
    }

    /** Whether the document has to say why there is no tax. */
    boolean isReasoned() {
        return this == EXEMPT || this == REVERSE_CHARGE || this == OUT_OF_SCOPE;
    }
}
