/**
 * Documents as machines read them: EN 16931 in the syntaxes CII (Factur-X, XRechnung) and UBL (XRechnung). Pure: what goes in is a record, what
 * comes out are bytes, the same for the same. Owns no tables; calls tax for its treatments, and nothing else.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.einvoice;
