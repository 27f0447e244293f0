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

/** A vendor that does as it is told: what comes next at each question is laid down before. */
final class ScriptedProvider implements ProviderClient, NetworkIsolation, ProvisioningTarget {
    /** What becomes of a question. */
    enum ScriptedOutcome {
        /** It is done and answered. */
        WELL,
        /** It is done, and the answer lost. */
        LOST,
        /** It is not done, and nobody answers. */
        SILENT,
        /** It is not done, and the vendor says so; later it may. */
        FULL,
        /** It is not done, and the vendor says so for good. */
        REFUSED,
        /** Nobody is reached. */
        AWAY,
        /** It is done, and whoever asked dies. */
        DEATH_AFTER,
        /** Whoever asked dies before it is asked. */
        DEATH_BEFORE
    }

    /** Whoever asked is no more. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Map<String, ProviderServer> servers = new LinkedHashMap<>();
    private final Deque<ScriptedOutcome> creations = new ArrayDeque<>();
    private final Deque<ScriptedOutcome> looks = new ArrayDeque<>();
    private final Deque<ScriptedOutcome> switches = new ArrayDeque<>();
    private final Deque<ScriptedOutcome> cuts = new ArrayDeque<>();
    private final List<String> cut = new ArrayList<>();
    private final Map<String, Reach> reaches = new LinkedHashMap<>();
    private boolean isBehindOthers;
    private boolean isSlow;
    private boolean isPlain;
    private final List<PowerAction> switched = new ArrayList<>();
    private Progress progress = Progress.done();
    private boolean stubborn;
    private final List<ServerSpec> wishes = new ArrayList<>();
    private boolean refusesScripts;
    private int numbers;
    private int created;

    /** What becomes of the next wishes for a server, in order; then all goes well. */
    void creations(ScriptedOutcome... fates) {
        creations.addAll(List.of(fates));
    }

    /** What becomes of the next questions, in order; then all goes well. */
    void looks(ScriptedOutcome... fates) {
        looks.addAll(List.of(fates));
    }

    /** What becomes of the next wishes to switch a server, in order; then all goes well. */
    void switches(ScriptedOutcome... fates) {
        switches.addAll(List.of(fates));
    }

    /** What becomes of the next wishes to cut a server off or give its network back, in order; then all goes well. */
    void cuts(ScriptedOutcome... fates) {
        cuts.addAll(List.of(fates));
    }

    /** What it was asked of networks. */
    List<String> cut() {
        return List.copyOf(cut);
    }

    /** Nobody was cut off yet; whether others have firewalls around its servers, and whether it takes long until it shows what it did. */
    void cutting(boolean behindOthers, boolean slow) {
        cuts.clear();
        cut.clear();
        reaches.clear();
        isBehindOthers = behindOthers;
        isSlow = slow;
    }

    /** Whether it is a vendor that can do nothing but what all can. */
    void isPlain(boolean plain) {
        isPlain = plain;
    }

    /** As it is opened: of a plain one nothing else is to be seen. */
    ProviderClient shown(ProviderClient providerClient) {
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

    /** How servers are switched from now on: how tasks stand, and whether systems end when they are asked to. */
    void switching(Progress stage, boolean isStubborn) {
        switched.clear();
        progress = stage;
        stubborn = isStubborn;
    }

    /** What it was asked to switch, and how. */
    List<PowerAction> switched() {
        return List.copyOf(switched);
    }

    /** All that are there, but for those on their way out, come to be in that state. */
    void all(ProviderServer.State state) {
        servers.replaceAll((id, providerServer) ->
                providerServer.state() == ProviderServer.State.LEAVING ? providerServer : in(providerServer, state));
    }

    /** One that nobody asked for, with the mark of a service. */
    void appears(UUID service) {
        var unused = make(new ResourceTag(service), "stray");
    }

    /** What was being deleted runs again: nobody did it. */
    void revives(UUID service) {
        of(service)
                .forEach(providerServer ->
                        servers.put(providerServer.id(), in(providerServer, ProviderServer.State.RUNNING)));
    }

    /** It gives a number, also one that it gave before, to the server of that service, which runs. */
    void gives(String number, UUID service) {
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

    /** What was being deleted is gone. */
    void vanish() {
        servers.values().removeIf(providerServer -> providerServer.state() == ProviderServer.State.LEAVING);
    }

    List<ProviderServer> of(UUID service) {
        return servers.values().stream()
                .filter(providerServer -> providerServer.mark().equals(Optional.of(new ResourceTag(service))))
                .toList();
    }

    /** What it was asked for last. */
    ServerSpec wished() {
        return wishes.get(wishes.size() - 1);
    }

    /** How often it was asked for one. */
    int created() {
        return created;
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

    /** From now on, servers run scripts or not. */
    void runsScripts(boolean does) {
        refusesScripts = !does;
    }

    @Override
    public Optional<TargetAccount> open(String account) {
        return account.equals("workshop") ? Optional.of(new TargetAccount(shown(this), Map.of())) : Optional.empty();
    }

    @Override
    public String check() {
        return "workshop";
    }

    @Override
    public ProviderCatalog catalogue() {
        return new ProviderCatalog(List.of(), List.of(), List.of());
    }

    @Override
    public List<ProviderServer> servers() {
        return answer(looks.poll(), () -> List.copyOf(servers.values()));
    }

    @Override
    public Optional<ProviderServer> server(String id) {
        return answer(looks.poll(), () -> Optional.ofNullable(servers.get(id)));
    }

    @Override
    public List<ProviderServer> marked(ResourceTag resourceTag) {
        return answer(looks.poll(), () -> of(resourceTag.serviceId()));
    }

    @Override
    public ProviderServer create(ServerSpec serverSpec) {
        created++;
        wishes.add(serverSpec);
        return answer(creations.poll(), () -> make(serverSpec.mark(), serverSpec.hostname()));
    }

    @Override
    public ProviderTask power(String id, PowerAction powerAction) {
        switched.add(powerAction);
        return answer(switches.poll(), () -> {
            var isOff = powerAction == PowerAction.OFF || powerAction == PowerAction.SHUT_DOWN;
            if (progress.stage() == Progress.Stage.DONE && !(powerAction == PowerAction.SHUT_DOWN && stubborn)) {
                var state = isOff ? ProviderServer.State.STOPPED : ProviderServer.State.RUNNING;
                servers.computeIfPresent(id, (known, providerServer) -> in(providerServer, state));
            }
            return new ProviderTask("task-" + switched.size());
        });
    }

    @Override
    public ProviderTask cutOff(String serverId) {
        cut.add("CUT");
        return answer(cuts.poll(), () -> {
            if (isBehindOthers) {
                throw new ProviderFailure(Reason.INVALID, "it is behind a firewall of others");
            }
            return reached(serverId, Reach.CUT);
        });
    }

    @Override
    public ProviderTask reconnect(String serverId) {
        cut.add("OPEN");
        return answer(cuts.poll(), () -> reached(serverId, Reach.OPEN));
    }

    private ProviderTask reached(String serverId, Reach reach) {
        reaches.put(serverId, isSlow ? Reach.BETWEEN : reach);
        return ProviderTask.NOTHING;
    }

    @Override
    public Reach reach(String serverId) {
        return reaches.getOrDefault(serverId, Reach.OPEN);
    }

    @Override
    public void delete(String id) {
        var unused = answer(
                looks.poll(),
                () -> Optional.ofNullable(servers.computeIfPresent(
                        id, (known, providerServer) -> in(providerServer, ProviderServer.State.LEAVING))));
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
            default -> new ProviderFailure(Reason.NO_ANSWER, "silence");
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
