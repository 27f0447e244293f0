/** The provider that needs no account, tested as other providers are, and over SSH. */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.provider.sandbox;
