/**
 * Accounts that a reseller has with vendors: who may connect them, what lets us in, and whether it does. Owns {@code provider_account};
 * calls provider, secret, identity, audit, listing. Others open an account by {@link io.tenantry.provider.account.Accounts}; a vendor is
 * never asked within a transaction.
 */
@NullMarked
package io.tenantry.provider.account;

import org.jspecify.annotations.NullMarked;
