/**
 * Providers of servers: the API that each adapter in a subpackage implements, and the code shared by adapters. Owns no tables. Nothing here
 * knows a tenant or a transaction: callers have neither open.
 */
@NullMarked
package io.tenantry.cloud.provider;

import org.jspecify.annotations.NullMarked;
