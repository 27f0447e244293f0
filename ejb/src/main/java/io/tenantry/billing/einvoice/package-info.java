/**
 * Machine-readable documents: EN 16931 in the syntaxes CII (Factur-X, XRechnung) and UBL (XRechnung). Purely functional: converts a record into
 * bytes, deterministically. Owns no tables. Calls {@code billing.tax}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.einvoice;
