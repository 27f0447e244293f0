package io.tenantry.billing.einvoice;

/** How a document is paid (UNTDID 4461). */
enum PaymentMeans {
    /** From what the customer paid in before. */
    BALANCE("97"),
    /** Into an account, in the area of SEPA and in euro. */
    SEPA("58"),
    /** Into an account. */
    TRANSFER("30");

    private final String code;

    PaymentMeans(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }
}
