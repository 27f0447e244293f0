/**
 * Two brands with two months of history, made by the real use cases under a moved clock. Owns {@code platform.demo}; calls all;
 * nobody but the batch module calls it.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.demo;
