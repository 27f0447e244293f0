/**
 * Outgoing HTTP requests to external servers: bounded in time and size, without redirects, and only to addresses that the operator allows. Owns
 * no tables and knows no tenant; calls config; used by provider clients, never within a transaction.
 */
@NullMarked
package io.tenantry.kernel.http;

import org.jspecify.annotations.NullMarked;
