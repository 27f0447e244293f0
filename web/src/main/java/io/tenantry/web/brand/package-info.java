/** A brand on pages: editing it, and its stylesheet, logo and icon in a browser. Owns no tables. Calls {@code brand, people.identity}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.brand;
