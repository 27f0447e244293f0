package io.tenantry.billing.einvoice;

/** Means of payment (UNTDID 4461). */
enum PaymentMeans {
    /** From the customer's prepaid balance. */
    BALANCE("97"),
    /** Bank transfer within SEPA, in euros. */
    SEPA("58"),
    /** Bank transfer. */
    TRANSFER("30");

    private final String code;

    PaymentMeans(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }
}
