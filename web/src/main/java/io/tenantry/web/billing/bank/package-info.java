/** Bank statements and the processing of their lines for staff, and payment instructions for customers. Owns no tables; calls {@code bank}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.billing.bank;
