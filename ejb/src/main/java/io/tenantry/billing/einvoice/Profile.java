package io.tenantry.billing.einvoice;

/** Profiles of EN 16931, each with additional requirements. */
public enum Profile {
    /** Factur-X 1.0 and ZUGFeRD 2, profile EN 16931, without additional requirements. */
    EN_16931("urn:cen.eu:en16931:2017"),
    /** XRechnung 3.0, which German authorities require: also the electronic addresses of seller and buyer. */
    XRECHNUNG("urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0");

    /** BT-23, which XRechnung requires: an invoice without a preceding order. */
    static final String PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

    private final String specification;

    Profile(String specification) {
        this.specification = specification;
    }

    /** BT-24: the specification that the document conforms to. */
    String specification() {
        return specification;
    }

    /** Whether a rate is also stated for amounts that are not subject to VAT (BR-DE-14). */
    boolean isRateOfAll() {
        return this == XRECHNUNG;
    }
}
