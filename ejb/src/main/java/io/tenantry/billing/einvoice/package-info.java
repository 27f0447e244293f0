/**
 * Machine-readable documents: EN 16931 in the syntaxes CII (Factur-X, XRechnung) and UBL (XRechnung). Purely functional: converts a record into
 * bytes, deterministically. Owns no tables; calls tax for its treatments, and nothing else.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.einvoice;
