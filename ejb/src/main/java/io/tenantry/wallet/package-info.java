/** An organization's prepaid money. Owns {@code wallet, wallet_event}; calls ledger, identity, audit. */
@org.jspecify.annotations.NullMarked
package io.tenantry.wallet;
