/** The nightly audit of all tenants. Owns no tables; calls the auditor of {@code ejb}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.auditor;
