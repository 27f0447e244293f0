/** Pages and files of a reseller's books: trial balance and journal. Calls books. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.billing.accounting;
