/**
 * Two brands with two months of history, created by the real use cases under a moved clock. Owns {@code platform.demo}; calls all; called only
 * by the batch module.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.demo;
