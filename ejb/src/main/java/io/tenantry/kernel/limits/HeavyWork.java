package io.tenantry.kernel.limits;

/** Work that is expensive in processor time or memory and can be requested by people and programs. */
public enum HeavyWork {
    /** A document as a PDF, an e-invoice or a picture of its page. */
    DOCUMENT(4, 2),
    /** A list export. */
    EXPORT(4, 2),
    /** An uploaded bank statement that is parsed for a draft. */
    BANK_STATEMENT(1, 1, 2),
    /** An uploaded picture. */
    PICTURE(1, 1),
    /** A month recalculated with other prices. */
    PRICE_CALCULATION(1, 1);

    private final int atOnce;
    private final int eachAtOnce;
    private final int onNode;

    HeavyWork(int atOnce, int eachAtOnce) {
        this(atOnce, eachAtOnce, Integer.MAX_VALUE);
    }

    HeavyWork(int atOnce, int eachAtOnce, int onNode) {
        this.atOnce = atOnce;
        this.eachAtOnce = eachAtOnce;
        this.onNode = onNode;
    }

    /** Returns how many of all resellers run at once on a node, so that charging keeps processors. */
    int onNode() {
        return onNode;
    }

    /** Returns how many a reseller may run at once on a node. */
    int atOnce() {
        return atOnce;
    }

    /** Returns how many of these all customers may run, so that staff need not wait for them. */
    int customersAtOnce() {
        return Math.max(1, atOnce - 1);
    }

    /** Returns how many of these one person or organization may run, so that a slow reader does not hold them all. */
    int eachAtOnce() {
        return eachAtOnce;
    }
}
