/** The nightly audit of all tenants. Owns no tables. Calls {@code admin.auditor}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.auditor;
