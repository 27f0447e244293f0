package io.tenantry.reconciling;

import io.tenantry.identity.NotVisible;
import io.tenantry.provider.Provider;
import io.tenantry.provider.account.Accounts;
import io.tenantry.provisioning.Upstream;
import io.tenantry.provisioning.Upstreams;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/** Opens whatever a service may name as its account, and accounts that no service names yet. */
@ApplicationScoped
public class Inventories {
    /** What is looked at: accounts that services name, and all that staff have connected. */
    static final String ACCOUNTS = """
            select distinct s.account from service s where s.account is not null
            union
            select a.id::text from provider_account a
            """;

    @Inject
    Upstreams upstreams;

    @Inject
    Accounts accounts;

    /** For the container. */
    public Inventories() {}

    /** For use outside a container. */
    public Inventories(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    /**
     * Opens an account; empty if nobody knows it any more. Nothing is sent yet.
     *
     * @throws io.tenantry.provider.ProviderFailure if its credentials do not open
     */
    public Optional<Provider> open(String account) {
        return upstreams.open(account).map(Upstream.Home::provider).or(() -> connected(account));
    }

    private Optional<Provider> connected(String account) {
        try {
            return Optional.of(accounts.open(UUID.fromString(account)));
        } catch (IllegalArgumentException | NotVisible nobody) {
            return Optional.empty();
        }
    }
}
