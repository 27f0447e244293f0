package io.tenantry.wallet;

import java.util.UUID;

/** Money came to or left a wallet other than by charging; heard within the same transaction. */
public record WalletMoved(UUID walletId) {}
