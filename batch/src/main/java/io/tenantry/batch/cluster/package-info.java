/** Signs of life, and the clearing up after nodes that gave none. Owns no tables; calls nodes of {@code ejb}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.cluster;
