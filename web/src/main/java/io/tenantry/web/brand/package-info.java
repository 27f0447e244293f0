/** What a brand looks like in a browser: its stylesheet, logo and icon. Owns no data; asks {@code brand}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.brand;
