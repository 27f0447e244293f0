/** Pages and exports of a reseller's ledger: trial balance and journal. Calls accounting. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.billing.accounting;
