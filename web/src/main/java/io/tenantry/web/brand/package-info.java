/** The presentation of a brand in a browser: its stylesheet, logo and icon. Owns no data; calls {@code brand}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.brand;
