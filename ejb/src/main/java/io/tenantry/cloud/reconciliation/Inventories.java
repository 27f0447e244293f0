package io.tenantry.cloud.reconciliation;

import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.account.ProviderAccountRepository;
import io.tenantry.cloud.provider.account.ProviderClients;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.text.InputText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Opens the accounts that services refer to, and connected accounts without services. */
@ApplicationScoped
public class Inventories {
    /** The accounts to scan: those that services refer to, and all that staff have connected. */
    static final String ACCOUNTS = """
            select distinct s.account from service s where s.account is not null
            union
            select a.id::text from provider_account a
            """;

    private static final int WORDS_MAX = 1_000;

    @Inject
    ProvisioningTargets provisioningTargets;

    @Inject
    ProviderClients providerClients;

    @Inject
    ProviderAccountRepository records;

    /** For the container. */
    public Inventories() {}

    /** For use outside a container. */
    public Inventories(ProvisioningTargets provisioningTargets) {
        this.provisioningTargets = provisioningTargets;
    }

    /**
     * An opened account.
     *
     * @param mask removes credentials from a provider's message, should it repeat them
     */
    public record OpenedAccount(ProviderClient provider, UnaryOperator<String> mask) {
        /** Returns the message of a failure for staff, as one line that fits into the database. */
        String words(ProviderFailure failure) {
            var line = InputText.foreignLine(mask.apply(String.valueOf(failure.getMessage())));
            return InputText.cut(line, WORDS_MAX);
        }
    }

    /**
     * Opens an account; empty if it is no longer known. Sends nothing.
     *
     * @throws ProviderFailure if its credentials cannot be unsealed
     */
    public Optional<OpenedAccount> open(String account) {
        return connected(account)
                .or(() -> provisioningTargets
                        .open(account)
                        .map(targetAccount -> new OpenedAccount(targetAccount.provider(), UnaryOperator.identity())));
    }

    private Optional<OpenedAccount> connected(String account) {
        try {
            var openedClient = providerClients.open(records.kept(UUID.fromString(account)));
            return Optional.of(new OpenedAccount(openedClient.provider(), openedClient::masked));
        } catch (IllegalArgumentException | NotFoundException nobody) {
            return Optional.empty();
        }
    }
}
