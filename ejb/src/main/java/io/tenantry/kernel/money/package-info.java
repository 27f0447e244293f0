/** Amounts, rates and their rounding: values only. Owns no tables; calls no other package. */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.money;
