/** The vendor that needs no account, tried as other vendors are, and by SSH. */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.provider.sandbox;
