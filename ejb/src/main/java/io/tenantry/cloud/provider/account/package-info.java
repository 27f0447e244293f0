/**
 * Accounts that a reseller has with vendors: who may connect them, what lets us in, and whether it does. Owns {@code provider_account};
 * calls provider, secret, identity, audit, listing. Others open an account by {@link io.tenantry.cloud.provider.account.ProviderClients}; a vendor is
 * never asked within a transaction.
 */
@NullMarked
package io.tenantry.cloud.provider.account;

import org.jspecify.annotations.NullMarked;
