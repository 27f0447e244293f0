package io.tenantry.billing.einvoice;

/** For whom a document is written: what each asks for beyond EN 16931. */
public enum Profile {
    /** Factur-X 1.0 and ZUGFeRD 2, profile EN 16931, which asks for no more. */
    EN_16931("urn:cen.eu:en16931:2017"),
    /** XRechnung 3.0, which German authorities want: also how seller and buyer are reached. */
    XRECHNUNG("urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0");

    /** BT-23, which XRechnung wants said: an invoice without an order before it. */
    static final String PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

    private final String specification;

    Profile(String specification) {
        this.specification = specification;
    }

    /** BT-24: which rules the document keeps. */
    String specification() {
        return specification;
    }

    /** Whether a rate is said also of what is not subject to VAT (BR-DE-14). */
    boolean isRateOfAll() {
        return this == XRECHNUNG;
    }
}
