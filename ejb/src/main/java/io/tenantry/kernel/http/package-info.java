/**
 * Requests of ours to servers of others, by HTTP: with bounds on time and size, without redirects, and only to addresses that the
 * operator allows. Owns no tables and knows no tenant; calls config; may be used by whoever speaks to a vendor, never within a transaction.
 */
@NullMarked
package io.tenantry.kernel.http;

import org.jspecify.annotations.NullMarked;
