/**
 * The text screen of a sandbox server, shown by RFB 3.8 to holders of the password. It has no access to the machine that it runs on. Owns no
 * tables. Calls {@code cloud.provider, cloud.provider.sandbox.shell}.
 */
@NullMarked
package io.tenantry.cloud.provider.sandbox.screen;

import org.jspecify.annotations.NullMarked;
