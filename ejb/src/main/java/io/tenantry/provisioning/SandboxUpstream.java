package io.tenantry.provisioning;

import io.tenantry.catalog.Plan;
import io.tenantry.config.Settings;
import io.tenantry.provider.Catalogue;
import io.tenantry.provider.Credentials;
import io.tenantry.provider.sandbox.SandboxVendor;
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
 * The built-in sandbox, where it is switched on: each reseller has an account with it from the beginning. A plan becomes the smallest size
 * that has as much of everything.
 */
@ApplicationScoped
public class SandboxUpstream implements Upstream {
    static final String ACCOUNT = "sandbox";
    private static final String IMAGE = "debian-13";

    @Inject
    SandboxVendor vendor;

    @Inject
    Settings settings;

    @Override
    public Optional<Place> place(UUID planId, Plan.Size size, String region) {
        if (!settings.sandbox()) {
            return Optional.empty();
        }
        var catalogue = home().provider().catalogue();
        return catalogue.regions().stream()
                .filter(one -> one.open() && one.code().equals(region))
                .findFirst()
                .flatMap(one -> size(catalogue, size))
                .map(one -> new Place(ACCOUNT, region, one.code(), IMAGE));
    }

    @Override
    public Map<UUID, String> sizes(Map<UUID, Plan.Size> plans, Place there) {
        if (!settings.sandbox() || !there.account().equals(ACCOUNT)) {
            return Map.of();
        }
        var catalogue = home().provider().catalogue();
        var sizes = new HashMap<UUID, String>();
        plans.forEach((plan, size) -> size(catalogue, size).ifPresent(one -> sizes.put(plan, one.code())));
        return Map.copyOf(sizes);
    }

    @Override
    public List<Catalogue.Image> images(Place place) {
        return place.account().equals(ACCOUNT) ? home().provider().catalogue().images() : List.of();
    }

    @Override
    public Optional<Home> open(String account) {
        return account.equals(ACCOUNT) ? Optional.of(home()) : Optional.empty();
    }

    /** The token is no secret: it only tells the accounts of resellers apart. */
    private Home home() {
        var base = vendor.base().orElseThrow();
        return new Home(vendor.open(new Credentials(base, Tenancy.tenant().value())), Map.of());
    }

    private static Optional<Catalogue.Size> size(Catalogue catalogue, Plan.Size wanted) {
        return catalogue.sizes().stream()
                .filter(one -> one.vcpus() >= wanted.vcpus() && one.memoryMib() >= wanted.memoryMib())
                .min(Comparator.comparingInt(Catalogue.Size::memoryMib).thenComparingInt(Catalogue.Size::vcpus));
    }
}
