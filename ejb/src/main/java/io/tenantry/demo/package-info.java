/**
 * Two brands with two months of history, created by the real use cases under a moved clock. Owns {@code platform.demo}. Calls use cases of all
 * districts; only {@code batch.demo} calls it.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.demo;
