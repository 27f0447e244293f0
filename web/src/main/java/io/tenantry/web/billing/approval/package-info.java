/** Staff pages about adjustments for customers and their approval. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.billing.approval;
