/**
 * An organization's prepaid money. Owns {@code wallet, wallet_event, wallet_reservation, entry_tax}, reads {@code order_policy}, and for
 * statement texts {@code service, addon, finding, transfer_pack}; calls the database function {@code applicable_tax}; calls ledger, identity,
 * audit.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.wallet;
