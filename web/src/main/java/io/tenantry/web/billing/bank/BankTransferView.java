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

/** The instructions for paying by bank transfer, for pages that show them. */
@Named
@RequestScoped
public class BankTransferView {
    @Inject
    BankTransferDetails transfers;

    private final Map<UUID, Optional<BankTransferInstructions>> known = new HashMap<>();

    /** Returns the instructions; null if the reseller has not entered its bank account. */
    public @Nullable BankTransferInstructions of(UUID organizationId) {
        return known.computeIfAbsent(organizationId, transfers::of).orElse(null);
    }
}
