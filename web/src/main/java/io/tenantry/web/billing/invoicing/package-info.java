/** Invoices on pages: the lists and papers that members and staff see. Owns no tables; calls invoicing, paper. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.billing.invoicing;
