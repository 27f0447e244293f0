/** Test tools for provider adapters: fake providers that fail in every way, and providers' own contracts. */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.provider;
