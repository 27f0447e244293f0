/** Completes bank imports and discards old drafts on a schedule. Owns no tables; calls {@code bank}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.bank;
