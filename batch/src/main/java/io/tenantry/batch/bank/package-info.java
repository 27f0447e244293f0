/** When bank imports are finished and old drafts are discarded. Owns no tables; calls {@code bank}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.bank;
