/**
 * Bank statements and the processing of their lines for staff, and payment instructions for customers. Owns no tables. Calls
 * {@code billing.bank, billing.bank.statement, people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.billing.bank;
