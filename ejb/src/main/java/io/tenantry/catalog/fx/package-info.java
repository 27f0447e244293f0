/**
 * Daily exchange rates and their sources; public, and the same for all resellers. Owns {@code platform.exchange_rate}. Calls
 * {@code people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.catalog.fx;
