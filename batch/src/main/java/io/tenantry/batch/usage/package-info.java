/** Has vendors asked what services transfer, by the clock. Owns no tables; calls usage. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.usage;
