package io.tenantry.cloud.provisioning;

import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provider.NetworkIsolation;
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
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A scripted provider: the outcome of each request is defined beforehand. */
final class ScriptedProvider implements ProviderClient, NetworkIsolation, ProvisioningTarget {
    /** The outcome of a request. */
    enum ScriptedOutcome {
        /** Done and answered. */
        WELL,
        /** Done, and the response is lost. */
        LOST,
        /** Not done, and no response. */
        SILENT,
        /** Not done, and refused temporarily. */
        FULL,
        /** Not done, and refused permanently. */
        REFUSED,
        /** Unreachable. */
        AWAY,
        /** Done, and the caller dies. */
        DEATH_AFTER,
        /** The caller dies before the request. */
        DEATH_BEFORE
    }

    /** Death of the caller. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Map<String, ProviderServer> servers = new LinkedHashMap<>();
    private final Deque<ScriptedOutcome> creationOutcomes = new ArrayDeque<>();
    private final Deque<ScriptedOutcome> queryOutcomes = new ArrayDeque<>();
    private final Deque<ScriptedOutcome> powerOutcomes = new ArrayDeque<>();
    private final Deque<ScriptedOutcome> networkOutcomes = new ArrayDeque<>();
    private final List<String> networkRequests = new ArrayList<>();
    private final Map<String, Reachability> reaches = new LinkedHashMap<>();
    private boolean isBehindOthers;
    private boolean isSlow;
    private boolean isPlain;
    private final List<PowerAction> powerRequests = new ArrayList<>();
    private Progress progress = Progress.done();
    private boolean stubborn;
    private final List<ServerSpec> specs = new ArrayList<>();
    private boolean refusesScripts;
    private int numbers;
    private int creationRequests;

    /** Sets the outcomes of the next server creations, in order; then all succeed. */
    void nextCreations(ScriptedOutcome... outcomes) {
        creationOutcomes.addAll(List.of(outcomes));
    }

    /** Sets the outcomes of the next queries, in order; then all succeed. */
    void nextQueries(ScriptedOutcome... outcomes) {
        queryOutcomes.addAll(List.of(outcomes));
    }

    /** Sets the outcomes of the next power requests, in order; then all succeed. */
    void nextPowerRequests(ScriptedOutcome... outcomes) {
        powerOutcomes.addAll(List.of(outcomes));
    }

    /** Sets the outcomes of the next network isolation and restoration requests, in order; then all succeed. */
    void nextNetworkRequests(ScriptedOutcome... outcomes) {
        networkOutcomes.addAll(List.of(outcomes));
    }

    /** Returns the network requests it received. */
    List<String> networkRequests() {
        return List.copyOf(networkRequests);
    }

    /** Resets isolation; sets whether third-party firewalls protect its servers, and whether its changes take long to appear. */
    void resetNetwork(boolean behindOthers, boolean slow) {
        networkOutcomes.clear();
        networkRequests.clear();
        reaches.clear();
        isBehindOthers = behindOthers;
        isSlow = slow;
    }

    /** Sets whether the provider supports only the mandatory capabilities. */
    void setPlain(boolean plain) {
        isPlain = plain;
    }

    /** Returns the client as opened: a plain one exposes no further capability. */
    ProviderClient asOpened(ProviderClient providerClient) {
        return isPlain
                ? (ProviderClient) Proxy.newProxyInstance(
                        ScriptedProvider.class.getClassLoader(),
                        new Class<?>[] {ProviderClient.class},
                        (proxy, method, given) -> {
                            try {
                                return method.invoke(providerClient, given);
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        })
                : providerClient;
    }

    /** Resets power requests; sets the progress of tasks, and whether servers ignore a shutdown request. */
    void resetPower(Progress stage, boolean isStubborn) {
        powerRequests.clear();
        progress = stage;
        stubborn = isStubborn;
    }

    /** Returns the power actions requested. */
    List<PowerAction> powerRequests() {
        return List.copyOf(powerRequests);
    }

    /** Puts all existing servers, except those being deleted, into that state. */
    void setServerStates(ProviderServer.State state) {
        servers.replaceAll((id, providerServer) ->
                providerServer.state() == ProviderServer.State.DELETING ? providerServer : in(providerServer, state));
    }

    /** Adds a server that was not ordered, with the mark of a service. */
    void addUnorderedServer(UUID service) {
        var unused = make(new ResourceTag(service), "stray");
    }

    /** Makes a server that was being deleted run again, unrequested. */
    void revive(UUID service) {
        serversOf(service)
                .forEach(providerServer ->
                        servers.put(providerServer.id(), in(providerServer, ProviderServer.State.RUNNING)));
    }

    /** Assigns a number, possibly used before, to the server of that service, which is running. */
    void assignServerId(String number, UUID service) {
        servers.put(
                number,
                new ProviderServer(
                        number,
                        Optional.of(new ResourceTag(service)),
                        "again",
                        ProviderServer.State.RUNNING,
                        List.of("203.0.113.251"),
                        "small",
                        "fra",
                        Optional.of(Instant.EPOCH)));
    }

    /** Completes pending deletions. */
    void completeDeletions() {
        servers.values().removeIf(providerServer -> providerServer.state() == ProviderServer.State.DELETING);
    }

    List<ProviderServer> serversOf(UUID service) {
        return servers.values().stream()
                .filter(providerServer -> providerServer.mark().equals(Optional.of(new ResourceTag(service))))
                .toList();
    }

    /** Returns the last requested specification. */
    ServerSpec lastSpec() {
        return specs.get(specs.size() - 1);
    }

    /** Returns the number of creation requests. */
    int creationRequests() {
        return creationRequests;
    }

    @Override
    public Optional<Placement> place(UUID planId, Plan.Size size, String region) {
        return Optional.of(new Placement("workshop", region, "small", "plain"));
    }

    @Override
    public List<ProviderCatalog.Image> images(Placement placement) {
        return List.of(
                new ProviderCatalog.Image("fancy-12", "Fancy", "Fancy", 5, true),
                new ProviderCatalog.Image("plain", "Plain 1", "Plain", 5, false),
                new ProviderCatalog.Image("plain-2", "Plain 2", "Plain", 5, false),
                new ProviderCatalog.Image("plain-again", "Plain 1", "Plain", 5, false),
                new ProviderCatalog.Image("vast", "Vast", "Vast", 500, false));
    }

    @Override
    public boolean refusesScripts(Placement placement) {
        return refusesScripts;
    }

    /** Sets whether servers run scripts from now on. */
    void setScriptsSupported(boolean does) {
        refusesScripts = !does;
    }

    @Override
    public Optional<TargetAccount> open(String account) {
        return account.equals("workshop") ? Optional.of(new TargetAccount(asOpened(this), Map.of())) : Optional.empty();
    }

    @Override
    public String check() {
        return "workshop";
    }

    @Override
    public ProviderCatalog readCatalog() {
        return new ProviderCatalog(List.of(), List.of(), List.of());
    }

    @Override
    public List<ProviderServer> servers() {
        return answer(queryOutcomes.poll(), () -> List.copyOf(servers.values()));
    }

    @Override
    public Optional<ProviderServer> server(String id) {
        return answer(queryOutcomes.poll(), () -> Optional.ofNullable(servers.get(id)));
    }

    @Override
    public List<ProviderServer> marked(ResourceTag resourceTag) {
        return answer(queryOutcomes.poll(), () -> serversOf(resourceTag.serviceId()));
    }

    @Override
    public ProviderServer create(ServerSpec serverSpec) {
        creationRequests++;
        specs.add(serverSpec);
        return answer(creationOutcomes.poll(), () -> make(serverSpec.mark(), serverSpec.hostname()));
    }

    @Override
    public ProviderTask power(String id, PowerAction powerAction) {
        powerRequests.add(powerAction);
        return answer(powerOutcomes.poll(), () -> {
            var isOff = powerAction == PowerAction.OFF || powerAction == PowerAction.SHUT_DOWN;
            if (progress.stage() == Progress.Stage.DONE && !(powerAction == PowerAction.SHUT_DOWN && stubborn)) {
                var state = isOff ? ProviderServer.State.STOPPED : ProviderServer.State.RUNNING;
                servers.computeIfPresent(id, (known, providerServer) -> in(providerServer, state));
            }
            return new ProviderTask("task-" + powerRequests.size());
        });
    }

    @Override
    public ProviderTask cutOff(String serverId) {
        networkRequests.add("ISOLATED");
        return answer(networkOutcomes.poll(), () -> {
            if (isBehindOthers) {
                throw new ProviderFailure(Reason.INVALID, "it is behind a third-party firewall");
            }
            return reached(serverId, Reachability.ISOLATED);
        });
    }

    @Override
    public ProviderTask reconnect(String serverId) {
        networkRequests.add("CONNECTED");
        return answer(networkOutcomes.poll(), () -> reached(serverId, Reachability.CONNECTED));
    }

    private ProviderTask reached(String serverId, Reachability reachability) {
        reaches.put(serverId, isSlow ? Reachability.PARTIAL : reachability);
        return ProviderTask.NOTHING;
    }

    @Override
    public Reachability reach(String serverId) {
        return reaches.getOrDefault(serverId, Reachability.CONNECTED);
    }

    @Override
    public void delete(String id) {
        var unused = answer(
                queryOutcomes.poll(),
                () -> Optional.ofNullable(servers.computeIfPresent(
                        id, (known, providerServer) -> in(providerServer, ProviderServer.State.DELETING))));
    }

    @Override
    public Progress progress(ProviderTask providerTask) {
        return progress;
    }

    private interface ScriptedAction<T> {
        T done();
    }

    private static <T> T answer(
            @org.jspecify.annotations.Nullable ScriptedOutcome scriptedOutcome, ScriptedAction<T> scriptedAction) {
        if (scriptedOutcome == ScriptedOutcome.LOST || scriptedOutcome == ScriptedOutcome.DEATH_AFTER) {
            var unused = scriptedAction.done();
        }
        if (scriptedOutcome == null || scriptedOutcome == ScriptedOutcome.WELL) {
            return scriptedAction.done();
        }
        if (scriptedOutcome == ScriptedOutcome.DEATH_AFTER || scriptedOutcome == ScriptedOutcome.DEATH_BEFORE) {
            throw new Death();
        }
        throw switch (scriptedOutcome) {
            case FULL -> new ProviderFailure(Reason.NO_CAPACITY, "no room here");
            case REFUSED -> new ProviderFailure(Reason.INVALID, "no such size");
            case AWAY -> new ProviderFailure(Reason.UNREACHABLE, "nobody there");
            default -> new ProviderFailure(Reason.NO_RESPONSE, "silence");
        };
    }

    private ProviderServer make(ResourceTag resourceTag, String name) {
        var id = "ws-" + ++numbers;
        var providerServer = new ProviderServer(
                id,
                Optional.of(resourceTag),
                name,
                ProviderServer.State.BUILDING,
                List.of("203.0.113." + numbers % 250),
                "small",
                "fra",
                Optional.of(Instant.EPOCH));
        servers.put(id, providerServer);
        return providerServer;
    }

    private static ProviderServer in(ProviderServer providerServer, ProviderServer.State state) {
        return new ProviderServer(
                providerServer.id(),
                providerServer.mark(),
                providerServer.name(),
                state,
                new ArrayList<>(providerServer.addresses()),
                providerServer.size(),
                providerServer.region(),
                providerServer.createdAt());
    }
}
