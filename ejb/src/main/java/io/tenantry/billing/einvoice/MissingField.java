package io.tenantry.billing.einvoice;

/** What a document does not say, and a profile asks for. */
public enum MissingField {
    /** The seller's VAT number or tax number, without which no tax, and no reason for none, can be said. */
    SELLER_NUMBER,
    /** The VAT number of a buyer that owes the tax itself. */
    BUYER_VAT_NUMBER,
    /** A currency of two decimals at most. */
    CURRENCY,
    SELLER_POSTCODE,
    SELLER_PHONE,
    SELLER_EMAIL,
    BUYER_POSTCODE,
    BUYER_CITY,
    BUYER_EMAIL
}
