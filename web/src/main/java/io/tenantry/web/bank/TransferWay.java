package io.tenantry.web.bank;

import io.tenantry.bank.BankTransfers;
import io.tenantry.bank.BankWay;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How an organization pays by bank transfer, for pages that tell it. */
@Named
@RequestScoped
public class TransferWay {
    @Inject
    BankTransfers transfers;

    private final Map<UUID, Optional<BankWay>> known = new HashMap<>();

    /** Nothing if the reseller has not said its account. */
    public @Nullable BankWay of(UUID organizationId) {
        return known.computeIfAbsent(organizationId, transfers::of).orElse(null);
    }
}
