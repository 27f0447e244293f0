/** Amounts, rates and their rounding: values only. Owns no tables. */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.money;
