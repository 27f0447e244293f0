/**
 * A reseller's accounts with providers: who may connect them, their credentials, and whether they work. Owns {@code provider_account}. Calls
 * {@code cloud.provider, people.identity, people.notification}. Other packages open an account by
 * {@link io.tenantry.cloud.provider.account.ProviderClients}; a provider is never called within a transaction.
 */
@NullMarked
package io.tenantry.cloud.provider.account;

import org.jspecify.annotations.NullMarked;
