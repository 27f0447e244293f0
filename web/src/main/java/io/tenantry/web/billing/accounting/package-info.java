/** Pages and exports of a reseller's ledger: trial balance and journal. Owns no tables. Calls {@code billing.accounting, people.identity}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.billing.accounting;
