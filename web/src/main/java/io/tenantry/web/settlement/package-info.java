/** Pages about settlements between the platform and its resellers, for both sides. Calls settlement. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.settlement;
