package io.tenantry.cloud.transfer;

import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.cloud.provider.TransferMetering;
import io.tenantry.cloud.provisioning.ProvisioningTarget;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A provider that reports preset transfer, and supports nothing else. */
final class FixedTransferProvider implements ProviderClient, TransferMetering, ProvisioningTarget {
    static final String ACCOUNT = "gauge";

    private final Map<String, List<Traffic>> traffic = new HashMap<>();
    private final Map<String, Reason> failures = new HashMap<>();
    private boolean isExact = true;

    /** Sets what it reports of a server from now on. */
    void setTraffic(String id, Traffic... periods) {
        failures.remove(id);
        traffic.put(id, List.of(periods));
    }

    /** Makes queries for a server fail from now on. */
    void failFor(String id, Reason reason) {
        failures.put(id, reason);
    }

    /** Makes it estimate instead of metering. */
    void reportEstimates() {
        isExact = false;
    }

    void clear() {
        traffic.clear();
        failures.clear();
        isExact = true;
    }

    @Override
    public boolean isExact() {
        return isExact;
    }

    @Override
    public List<Traffic> traffic(String serverId, Instant now) {
        var failure = failures.get(serverId);
        if (failure != null) {
            throw new ProviderFailure(failure, "unavailable");
        }
        return traffic.getOrDefault(serverId, List.of());
    }

    @Override
    public Optional<Placement> place(UUID planId, Plan.Size size, String region) {
        return Optional.empty();
    }

    @Override
    public Optional<TargetAccount> open(String account) {
        return account.equals(ACCOUNT) ? Optional.of(new TargetAccount(this, Map.of())) : Optional.empty();
    }

    @Override
    public String check() {
        return ACCOUNT;
    }

    @Override
    public ProviderCatalog readCatalog() {
        return new ProviderCatalog(List.of(), List.of(), List.of());
    }

    @Override
    public List<ProviderServer> servers() {
        return List.of();
    }

    @Override
    public Optional<ProviderServer> server(String id) {
        return Optional.empty();
    }

    @Override
    public List<ProviderServer> marked(ResourceTag resourceTag) {
        return List.of();
    }

    @Override
    public ProviderServer create(ServerSpec serverSpec) {
        throw new UnsupportedOperationException("not supported");
    }

    @Override
    public ProviderTask power(String id, PowerAction powerAction) {
        throw new UnsupportedOperationException("not supported");
    }

    @Override
    public void delete(String id) {
        throw new UnsupportedOperationException("not supported");
    }

    @Override
    public Progress progress(ProviderTask providerTask) {
        return Progress.done();
    }
}
