/** An organization's prepaid money. Owns {@code wallet, wallet_event, wallet_hold}, reads {@code order_policy}; calls ledger, identity, audit. */
@org.jspecify.annotations.NullMarked
package io.tenantry.wallet;
