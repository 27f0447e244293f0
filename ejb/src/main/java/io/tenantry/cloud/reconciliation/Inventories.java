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

/** Opens whatever a service may name as its account, and accounts that no service names yet. */
@ApplicationScoped
public class Inventories {
    /** What is looked at: accounts that services name, and all that staff have connected. */
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
     * An account, opened.
     *
     * @param mask takes out of a vendor's words what lets us in, should they repeat it
     */
    public record Opened(ProviderClient provider, UnaryOperator<String> mask) {
        /** What a failure says, for staff: in one line that the database keeps. */
        String words(ProviderFailure failure) {
            var line = InputText.foreignLine(mask.apply(String.valueOf(failure.getMessage())));
            return InputText.cut(line, WORDS_MAX);
        }
    }

    /**
     * Opens an account; empty if nobody knows it any more. Nothing is sent yet.
     *
     * @throws ProviderFailure if its credentials do not open
     */
    public Optional<Opened> open(String account) {
        return connected(account)
                .or(() -> provisioningTargets
                        .open(account)
                        .map(targetAccount -> new Opened(targetAccount.provider(), UnaryOperator.identity())));
    }

    private Optional<Opened> connected(String account) {
        try {
            var opened = providerClients.open(records.kept(UUID.fromString(account)));
            return Optional.of(new Opened(opened.provider(), opened::masked));
        } catch (IllegalArgumentException | NotFoundException nobody) {
            return Optional.empty();
        }
    }
}
