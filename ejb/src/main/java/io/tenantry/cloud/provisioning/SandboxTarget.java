package io.tenantry.cloud.provisioning;

import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.sandbox.SandboxProvider;
import io.tenantry.config.Settings;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The built-in sandbox, where it is enabled: each reseller has an account with it from the start. A plan becomes the smallest size that has at
 * least as much of everything.
 */
@ApplicationScoped
public class SandboxTarget implements ProvisioningTarget {
    static final String ACCOUNT = "sandbox";
    private static final String IMAGE = "debian-13";

    @Inject
    SandboxProvider provider;

    @Inject
    Settings settings;

    @Override
    public Optional<Placement> place(UUID planId, Plan.Size size, String region) {
        if (!settings.sandbox()) {
            return Optional.empty();
        }
        var providerCatalog = home().provider().readCatalog();
        return providerCatalog.regions().stream()
                .filter(one -> one.open() && one.code().equals(region))
                .findFirst()
                .flatMap(one -> size(providerCatalog, size))
                .map(one -> new Placement(ACCOUNT, region, one.code(), IMAGE));
    }

    @Override
    public Map<UUID, String> sizes(Map<UUID, Plan.Size> plans, Placement there) {
        if (!settings.sandbox() || !there.account().equals(ACCOUNT)) {
            return Map.of();
        }
        var providerCatalog = home().provider().readCatalog();
        var sizes = new HashMap<UUID, String>();
        plans.forEach((plan, size) -> size(providerCatalog, size).ifPresent(one -> sizes.put(plan, one.code())));
        return Map.copyOf(sizes);
    }

    @Override
    public List<ProviderCatalog.Image> images(Placement placement) {
        return placement.account().equals(ACCOUNT)
                ? home().provider().readCatalog().images()
                : List.of();
    }

    @Override
    public Optional<TargetAccount> open(String account) {
        return account.equals(ACCOUNT) ? Optional.of(home()) : Optional.empty();
    }

    /** The token is no secret: it only distinguishes the accounts of resellers. */
    private TargetAccount home() {
        var base = provider.base().orElseThrow();
        return new TargetAccount(
                provider.open(new Credentials(base, Tenancy.tenant().value())), Map.of());
    }

    private static Optional<ProviderCatalog.Size> size(ProviderCatalog providerCatalog, Plan.Size wanted) {
        return providerCatalog.sizes().stream()
                .filter(one -> one.vcpus() >= wanted.vcpus() && one.memoryMib() >= wanted.memoryMib())
                .min(Comparator.comparingInt(ProviderCatalog.Size::memoryMib)
                        .thenComparingInt(ProviderCatalog.Size::vcpus));
    }
}
