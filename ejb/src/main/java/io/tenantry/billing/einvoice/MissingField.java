package io.tenantry.billing.einvoice;

/** Fields that a profile requires and a document lacks. */
public enum MissingField {
    /** The seller's VAT number or tax number, without which neither a tax nor a reason for none can be stated. */
    SELLER_NUMBER,
    /** The VAT number of a buyer that is liable for the tax. */
    BUYER_VAT_NUMBER,
    /** A currency with at most two decimals. */
    CURRENCY,
    SELLER_POSTCODE,
    SELLER_PHONE,
    SELLER_EMAIL,
    BUYER_POSTCODE,
    BUYER_CITY,
    BUYER_EMAIL
}
