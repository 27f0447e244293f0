/** Invoice pages: the lists and documents that members and staff see. Owns no tables; calls invoicing and documents. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.billing.invoicing;
