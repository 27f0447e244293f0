/** Completes bank imports and discards old drafts on a schedule. Owns no tables. Calls {@code billing.bank}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.bank;
