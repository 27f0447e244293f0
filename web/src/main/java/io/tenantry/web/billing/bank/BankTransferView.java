package io.tenantry.web.billing.bank;

import io.tenantry.billing.bank.BankTransferDetails;
import io.tenantry.billing.bank.BankTransferInstructions;
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
public class BankTransferView {
    @Inject
    BankTransferDetails transfers;

    private final Map<UUID, Optional<BankTransferInstructions>> known = new HashMap<>();

    /** Nothing if the reseller has not said its account. */
    public @Nullable BankTransferInstructions of(UUID organizationId) {
        return known.computeIfAbsent(organizationId, transfers::of).orElse(null);
    }
}
