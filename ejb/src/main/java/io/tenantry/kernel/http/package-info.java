/**
 * Outgoing HTTP requests to external servers: bounded in time and size, without redirects, and only to addresses that the operator allows. Knows
 * no tenant. Owns no tables. Never used within a transaction.
 */
@NullMarked
package io.tenantry.kernel.http;

import org.jspecify.annotations.NullMarked;
