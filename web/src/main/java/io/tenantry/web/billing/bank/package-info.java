/** Bank statements and what becomes of their lines, as staff look at them, and how customers pay. Owns no tables; asks {@code bank}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.billing.bank;
