/**
 * The key by which we enter a service's server, so that no password of anybody is kept: given to the vendor when the server is made.
 * Owns {@code service_key}; calls secret.
 */
@NullMarked
package io.tenantry.cloud.consolekeys;

import org.jspecify.annotations.NullMarked;
