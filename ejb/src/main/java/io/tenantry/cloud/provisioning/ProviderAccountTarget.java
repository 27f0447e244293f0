package io.tenantry.cloud.provisioning;

import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provider.CustomerRef;
import io.tenantry.cloud.provider.account.ProviderAccountRepository;
import io.tenantry.cloud.provider.account.ProviderChoices;
import io.tenantry.cloud.provider.account.ProviderClients;
import io.tenantry.cloud.provider.catalog.PlanSources;
import io.tenantry.people.identity.NotFoundException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The accounts that the reseller has connected: plans that are sold from a provider's catalog are provisioned there. Nothing new is created in
 * a disabled account, but existing servers are managed as before.
 */
@ApplicationScoped
public class ProviderAccountTarget implements ProvisioningTarget {
    @Inject
    PlanSources planSources;

    @Inject
    ProviderAccountRepository records;

    @Inject
    ProviderClients providerClients;

    @Inject
    ProviderChoices providerChoices;

    /** For the container. */
    public ProviderAccountTarget() {}

    /** For use outside a container. */
    ProviderAccountTarget(
            PlanSources planSources,
            ProviderAccountRepository records,
            ProviderClients providerClients,
            ProviderChoices providerChoices) {
        this.planSources = planSources;
        this.records = records;
        this.providerClients = providerClients;
        this.providerChoices = providerChoices;
    }

    @Override
    public boolean makes(UUID planId) {
        return planSources.isSold(planId);
    }

    @Override
    public Set<UUID> makes(Collection<UUID> planIds) {
        return planSources.sold(planIds);
    }

    @Override
    public Map<UUID, String> sizes(Map<UUID, Plan.Size> plans, Placement there) {
        return accountId(there.account())
                .map(account -> planSources.sizes(account, there.region(), plans.keySet()))
                .orElse(Map.of());
    }

    @Override
    public Optional<Placement> place(UUID planId, Plan.Size size, String region) {
        return making(planId, size, region).place();
    }

    @Override
    public PlacementDecision making(UUID planId, Plan.Size size, String region) {
        var planOrigin = planSources.making(planId, region);
        return new PlacementDecision(
                planOrigin.isSold(),
                planOrigin
                        .source()
                        .map(source -> new Placement(
                                source.accountId().toString(), source.place(), source.size(), source.image())));
    }

    @Override
    public boolean refusesScripts(Placement placement) {
        return kept(placement.account())
                .flatMap(storedAccount -> providerChoices.of(storedAccount.provider()))
                .filter(provider -> !provider.runsScripts())
                .isPresent();
    }

    @Override
    public Optional<TargetAccount> open(String account) {
        return kept(account).map(storedAccount -> home(storedAccount, Map.of()));
    }

    @Override
    public Optional<TargetAccount> open(String account, CustomerRef customerRef) {
        return kept(account)
                .map(storedAccount -> home(
                        storedAccount,
                        providerChoices
                                .of(storedAccount.provider())
                                .map(provider -> provider.options(customerRef))
                                .orElse(Map.of())));
    }

    private TargetAccount home(ProviderAccountRepository.StoredAccount storedAccount, Map<String, String> options) {
        var openedClient = providerClients.open(storedAccount);
        return new TargetAccount(openedClient.provider(), options, openedClient::masked);
    }

    private static Optional<UUID> accountId(String account) {
        try {
            return Optional.of(UUID.fromString(account));
        } catch (IllegalArgumentException another) {
            return Optional.empty();
        }
    }

    private Optional<ProviderAccountRepository.StoredAccount> kept(String account) {
        try {
            return Optional.of(records.kept(UUID.fromString(account)));
        } catch (IllegalArgumentException | NotFoundException another) {
            return Optional.empty();
        }
    }
}
