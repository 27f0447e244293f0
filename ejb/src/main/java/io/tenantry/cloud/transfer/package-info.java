/**
 * The transfer of services as metered by their providers, and the charges for transfer beyond what plans include, from prepaid packs or from
 * wallets. Owns {@code transfer_sample, transfer_period, transfer_poll, transfer_price, transfer_bill, transfer_bill_line, transfer_pack_offer,
 * transfer_pack, transfer_pack_usage, transfer_warning}. Calls {@code billing.wallet, catalog, cloud.provider, cloud.reconciliation,
 * people.identity, people.notification, workqueue}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.transfer;
