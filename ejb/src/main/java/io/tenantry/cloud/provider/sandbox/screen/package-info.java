/**
 * The small screen that a server of the sandbox has: letters in a picture, shown by RFB 3.8 to whoever knows the password. Knows nothing of
 * the machine it runs on.
 */
@NullMarked
package io.tenantry.cloud.provider.sandbox.screen;

import org.jspecify.annotations.NullMarked;
