/** Has resellers told of new wholesale prices, by the clock. Owns no tables; calls pricing. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.pricing;
