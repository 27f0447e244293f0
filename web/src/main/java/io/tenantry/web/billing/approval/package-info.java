/** Pages of staff about what is given up for customers, and about approving it. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.billing.approval;
