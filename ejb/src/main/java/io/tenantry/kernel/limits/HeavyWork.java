package io.tenantry.kernel.limits;

/** Work that costs much processor time or memory and that people and programs may ask for. */
public enum HeavyWork {
    /** A document as a PDF, an e-invoice or a picture of its page. */
    DOCUMENT(4, 2),
    /** A list as a file. */
    EXPORT(4, 2),
    /** An uploaded bank statement, read for a draft. */
    BANK_STATEMENT(1, 1),
    /** An uploaded picture. */
    PICTURE(1, 1),
    /** A month calculated again under other prices. */
    PRICE_CALCULATION(1, 1);

    private final int atOnce;
    private final int eachAtOnce;

    HeavyWork(int atOnce, int eachAtOnce) {
        this.atOnce = atOnce;
        this.eachAtOnce = eachAtOnce;
    }

    /** How many a reseller may have at once on a node. */
    int atOnce() {
        return atOnce;
    }

    /** How many of these one person may have, so that a slow reader does not hold them all. */
    int eachAtOnce() {
        return eachAtOnce;
    }
}
