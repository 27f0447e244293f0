/** Amounts, rates and their rounding: values only. Owns no tables; calls nobody. */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.money;
