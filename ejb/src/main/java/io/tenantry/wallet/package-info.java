/**
 * An organization's prepaid money. Owns {@code wallet, wallet_event, wallet_hold, entry_tax}, reads {@code order_policy}, and for the words of
 * a statement {@code service, service_option, finding, transfer_pack}; asks the database's {@code tax_of}; calls ledger, identity, audit.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.wallet;
