package io.tenantry.cloud.reconciliation;

import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderServer.State;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.cloud.provisioning.ProvisioningTarget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A provider whose servers appear and disappear as scripted; its list may be outdated, omit some of them, or break off. */
final class ScriptedInventory implements ProviderClient, ProvisioningTarget {
    static final String ACCOUNT = "yard";

    private final Map<String, ProviderServer> servers = new LinkedHashMap<>();
    private final Set<String> unlisted = new TreeSet<>();
    private final Set<String> withoutPowerState = new TreeSet<>();
    private final Set<String> failingQueries = new TreeSet<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> queriedServers = new ArrayList<>();
    private Runnable duringNextList = () -> {};
    private Optional<ProviderFailure> failure = Optional.empty();

    /** Adds a server that runs as it should, with the mark of a service. */
    void addServer(String id, UUID service) {
        addServer(id, Optional.of(new ResourceTag(service)));
    }

    /** Adds a server with that mark, or none. */
    void addServer(String id, Optional<ResourceTag> mark) {
        servers.put(
                id,
                new ProviderServer(
                        id,
                        mark,
                        "name of " + id,
                        State.RUNNING,
                        List.of("203.0.113.1"),
                        "small",
                        "fra",
                        Optional.of(Instant.EPOCH)));
    }

    /** Changes the server. */
    void changeServer(String id, UnaryOperator<ProviderServer> change) {
        servers.computeIfPresent(id, (known, providerServer) -> change.apply(providerServer));
    }

    void removeServer(String id) {
        servers.remove(id);
    }

    /** Omits a server from its list, though it exists. */
    void hideFromList(String id) {
        unlisted.add(id);
    }

    /** Omits the power state of that server from its list. */
    void hidePowerState(String id) {
        withoutPowerState.add(id);
    }

    /** Fails on each query for that server. */
    void failQueries(String id) {
        failingQueries.add(id);
    }

    /** Returns the numbers of servers that were queried individually, each time. */
    List<String> queriedServers() {
        return List.copyOf(queriedServers);
    }

    /** Sets whether its list breaks off on the third page. */
    void setIncomplete(boolean now) {
        setListFailure(Optional.of(new ProviderFailure(Reason.NO_RESPONSE, "page 3 of 5 did not come"))
                .filter(one -> now));
    }

    /** Sets the failure of its list, or none. */
    void setListFailure(Optional<ProviderFailure> like) {
        failure = like;
    }

    /** Runs an action once, while the next list is being read. */
    void duringNextList(Runnable something) {
        duringNextList = something;
    }

    boolean hasServer(String id) {
        return servers.containsKey(id);
    }

    /** Returns the requests it received, except queries. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Removes all servers and recorded requests. */
    void clear() {
        servers.clear();
        unlisted.clear();
        withoutPowerState.clear();
        failingQueries.clear();
        requests.clear();
        queriedServers.clear();
        failure = Optional.empty();
    }

    static ProviderServer with(ProviderServer providerServer, State state, String size, String address) {
        return new ProviderServer(
                providerServer.id(),
                providerServer.mark(),
                providerServer.name(),
                state,
                List.of(address),
                size,
                providerServer.region(),
                providerServer.createdAt());
    }

    static ProviderServer in(ProviderServer providerServer, State state) {
        return with(
                providerServer,
                state,
                providerServer.size(),
                providerServer.addresses().get(0));
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
        var listed = servers.values().stream()
                .filter(providerServer -> !unlisted.contains(providerServer.id()))
                .map(providerServer -> withoutPowerState.contains(providerServer.id())
                        ? in(providerServer, State.UNKNOWN)
                        : providerServer)
                .toList();
        var meanwhile = duringNextList;
        duringNextList = () -> {};
        meanwhile.run();
        failure.ifPresent(one -> {
            throw one;
        });
        return listed;
    }

    @Override
    public Optional<ProviderServer> server(String id) {
        queriedServers.add(id);
        if (failingQueries.contains(id)) {
            throw new ProviderFailure(Reason.PROVIDER_ERROR, "its host does not answer");
        }
        return Optional.ofNullable(servers.get(id));
    }

    @Override
    public List<ProviderServer> marked(ResourceTag resourceTag) {
        return servers.values().stream()
                .filter(providerServer -> providerServer.mark().equals(Optional.of(resourceTag)))
                .toList();
    }

    @Override
    public ProviderServer create(ServerSpec serverSpec) {
        throw new UnsupportedOperationException("servers are not created");
    }

    @Override
    public ProviderTask power(String id, PowerAction powerAction) {
        requests.add(powerAction + " " + id);
        return new ProviderTask(id);
    }

    @Override
    public void delete(String id) {
        requests.add("DELETE " + id);
        servers.remove(id);
    }

    @Override
    public Progress progress(ProviderTask providerTask) {
        return Progress.done();
    }
}
