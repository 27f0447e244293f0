package io.tenantry.simulation;

import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provisioning.ProvisioningTarget;
import io.tenantry.tenancy.Tenancy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Provisioning targets: each reseller has a provider account, called as the reseller; some plans have no server. */
final class SimulatedTargets implements ProvisioningTarget {
    private final Map<String, SimulatedProvider> accounts = new TreeMap<>();
    private final Set<UUID> withoutServer = new TreeSet<>();

    /** Removes all accounts. */
    void clear() {
        accounts.clear();
        withoutServer.clear();
    }

    void add(String account, SimulatedProvider simulatedProvider) {
        accounts.put(account, simulatedProvider);
    }

    /** Makes the plan one without a server. */
    void addWithoutServer(UUID plan) {
        withoutServer.add(plan);
    }

    @Override
    public Optional<Placement> place(UUID planId, Plan.Size size, String region) {
        return withoutServer.contains(planId)
                ? Optional.empty()
                : Optional.of(new Placement(Tenancy.tenant().value(), region, sizeOf(size), "plain"));
    }

    @Override
    public Map<UUID, String> sizes(Map<UUID, Plan.Size> plans, Placement there) {
        var sizes = new HashMap<UUID, String>();
        plans.forEach((plan, size) -> {
            if (!withoutServer.contains(plan)) {
                sizes.put(plan, sizeOf(size));
            }
        });
        return sizes;
    }

    private static String sizeOf(Plan.Size size) {
        return "size-" + size.vcpus();
    }

    @Override
    public Optional<TargetAccount> open(String account) {
        return Optional.ofNullable(accounts.get(account)).map(one -> new TargetAccount(one, Map.of()));
    }
}
