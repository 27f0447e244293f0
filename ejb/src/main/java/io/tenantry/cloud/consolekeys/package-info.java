/**
 * The key pairs by which the platform logs in to services' servers, so that no user password is stored; given to the provider when the server is
 * created. Owns {@code service_key}.
 */
@NullMarked
package io.tenantry.cloud.consolekeys;

import org.jspecify.annotations.NullMarked;
