/**
 * Vendors of servers, in our words: the seam that each adapter in a package below implements, and what adapters share. Owns no tables;
 * calls money and outbound. Nothing here knows a tenant or a transaction: who calls has neither open.
 */
@NullMarked
package io.tenantry.cloud.provider;

import org.jspecify.annotations.NullMarked;
