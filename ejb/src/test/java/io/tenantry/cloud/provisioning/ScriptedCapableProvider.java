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
import io.tenantry.cloud.provider.RescueMode;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ReverseDns;
import io.tenantry.cloud.provider.ServerRebuild;
import io.tenantry.cloud.provider.ServerResize;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.cloud.provisioning.ScriptedProvider.ScriptedOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** A scripted {@link ScriptedProvider} whose servers also support resize, rebuild, rescue and reverse DNS. */
final class ScriptedCapableProvider
        implements ProviderClient,
                ServerResize,
                ServerRebuild,
                RescueMode,
                ReverseDns,
                NetworkIsolation,
                ProvisioningTarget {
    private final ScriptedProvider scriptedProvider;
    private final Map<UUID, String> sizesByPlan = new HashMap<>();
    private final Map<String, String> sizes = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Deque<ScriptedOutcome> nextOutcomes = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final List<ServerSpec> rebuilds = new ArrayList<>();
    private Progress progress = Progress.done();
    private boolean isIgnoringTaskProgress;
    private boolean isHidingSizes;
    private boolean isHidingRescue;
    private final Set<String> rescued = new HashSet<>();
    private final List<List<String>> rescueKeys = new ArrayList<>();

    ScriptedCapableProvider(ScriptedProvider scriptedProvider) {
        this.scriptedProvider = scriptedProvider;
    }

    /** Resets everything except the sizes of plans. */
    void clear() {
        nextOutcomes.clear();
        requests.clear();
        rebuilds.clear();
        names.clear();
        progress = Progress.done();
        isIgnoringTaskProgress = false;
        isHidingSizes = false;
        isHidingRescue = false;
        rescued.clear();
        rescueKeys.clear();
    }

    /** Maps the plan to that size. */
    void mapPlan(UUID plan, String size) {
        sizesByPlan.put(plan, size);
    }

    /** Sets the outcomes of the next requests, in order; then all succeed. */
    void nextOutcomes(ScriptedOutcome... next) {
        nextOutcomes.addAll(List.of(next));
    }

    /** Sets the progress of tasks from now on. A failed task changes nothing. */
    void setTaskProgress(Progress stage) {
        progress = stage;
    }

    /** Executes requests regardless of the reported task progress. */
    void ignoreTaskProgress() {
        isIgnoringTaskProgress = true;
    }

    /** Does not report sizes, like some providers. */
    void hideSizes() {
        isHidingSizes = true;
    }

    /** Does not report which system a server is in, like some providers. */
    void hideRescue() {
        isHidingRescue = true;
    }

    /** Returns the keys that rescue systems were started with. */
    List<List<String>> rescueKeys() {
        return List.copyOf(rescueKeys);
    }

    /** Sets the size of a server, outside any request. */
    void setSize(String server, String size) {
        sizes.put(server, size);
    }

    /** Returns all requests it received, except queries. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Returns the specifications of rebuilds. */
    List<ServerSpec> rebuilds() {
        return List.copyOf(rebuilds);
    }

    /** Returns the name of an address. */
    String name(String address) {
        return names.getOrDefault(address, "");
    }

    @Override
    public ProviderTask resize(String id, String size) {
        requests.add(id + " " + size);
        return answer(() -> {
            if (progress.stage() == Progress.Stage.DONE || isIgnoringTaskProgress) {
                sizes.put(id, size);
            }
            return new ProviderTask("resize-" + requests.size());
        });
    }

    @Override
    public ProviderTask rebuild(String id, ServerSpec serverSpec) {
        requests.add(id + " " + serverSpec.image());
        return answer(() -> {
            rebuilds.add(serverSpec);
            return new ProviderTask("rebuild-" + requests.size());
        });
    }

    @Override
    public ProviderTask rescue(String serverId, List<String> publicKeys) {
        requests.add(serverId + " rescue");
        return answer(() -> {
            rescueKeys.add(publicKeys);
            if (progress.stage() == Progress.Stage.DONE || isIgnoringTaskProgress) {
                rescued.add(serverId);
            }
            return new ProviderTask("rescue-" + requests.size());
        });
    }

    @Override
    public ProviderTask leaveRescue(String serverId) {
        requests.add(serverId + " leave");
        return answer(() -> {
            rescued.remove(serverId);
            return new ProviderTask("leave-" + requests.size());
        });
    }

    @Override
    public Optional<Boolean> isRescued(String serverId) {
        return isHidingRescue ? Optional.empty() : Optional.of(rescued.contains(serverId));
    }

    @Override
    public void name(String serverId, String address, String hostname) {
        requests.add(serverId + " " + address + " " + hostname);
        var unused = answer(() -> names.put(address, hostname) == null);
    }

    @Override
    public Progress progress(ProviderTask providerTask) {
        return progress;
    }

    private <T> T answer(Supplier<T> action) {
        var scriptedOutcome = nextOutcomes.isEmpty() ? ScriptedOutcome.WELL : nextOutcomes.remove();
        return switch (scriptedOutcome) {
            case WELL -> action.get();
            case LOST -> {
                var unused = action.get();
                throw new ProviderFailure(Reason.NO_RESPONSE, "silence");
            }
            case DEATH_AFTER -> {
                var unused = action.get();
                throw new ScriptedProvider.Death();
            }
            case DEATH_BEFORE -> throw new ScriptedProvider.Death();
            case SILENT -> throw new ProviderFailure(Reason.NO_RESPONSE, "silence");
            case FULL -> throw new ProviderFailure(Reason.NO_CAPACITY, "no room here");
            case REFUSED -> throw new ProviderFailure(Reason.INVALID, "not that");
            case AWAY -> throw new ProviderFailure(Reason.UNREACHABLE, "nobody there");
        };
    }

    @Override
    public Map<UUID, String> sizes(Map<UUID, Plan.Size> plans, Placement there) {
        var found = new HashMap<>(sizesByPlan);
        found.keySet().retainAll(plans.keySet());
        return found;
    }

    @Override
    public Optional<Placement> place(UUID planId, Plan.Size size, String region) {
        return scriptedProvider.place(planId, size, region);
    }

    @Override
    public List<ProviderCatalog.Image> images(Placement placement) {
        return scriptedProvider.images(placement);
    }

    @Override
    public Optional<TargetAccount> open(String account) {
        return account.equals("workshop")
                ? Optional.of(new TargetAccount(scriptedProvider.asOpened(this), Map.of()))
                : Optional.empty();
    }

    @Override
    public String check() {
        return "fitter";
    }

    @Override
    public ProviderCatalog readCatalog() {
        return scriptedProvider.readCatalog();
    }

    @Override
    public List<ProviderServer> servers() {
        return scriptedProvider.servers().stream().map(this::withSize).toList();
    }

    @Override
    public Optional<ProviderServer> server(String id) {
        return scriptedProvider.server(id).map(this::withSize);
    }

    @Override
    public List<ProviderServer> marked(ResourceTag resourceTag) {
        return scriptedProvider.marked(resourceTag).stream().map(this::withSize).toList();
    }

    @Override
    public ProviderServer create(ServerSpec serverSpec) {
        return scriptedProvider.create(serverSpec);
    }

    @Override
    public ProviderTask power(String id, PowerAction powerAction) {
        return scriptedProvider.power(id, powerAction);
    }

    @Override
    public ProviderTask cutOff(String serverId) {
        return scriptedProvider.cutOff(serverId);
    }

    @Override
    public ProviderTask reconnect(String serverId) {
        return scriptedProvider.reconnect(serverId);
    }

    @Override
    public Reachability reach(String serverId) {
        return scriptedProvider.reach(serverId);
    }

    @Override
    public void delete(String id) {
        scriptedProvider.delete(id);
    }

    private ProviderServer withSize(ProviderServer providerServer) {
        var size = isHidingSizes ? "" : sizes.getOrDefault(providerServer.id(), providerServer.size());
        return new ProviderServer(
                providerServer.id(),
                providerServer.mark(),
                providerServer.name(),
                providerServer.state(),
                List.copyOf(providerServer.addresses()),
                size,
                providerServer.region(),
                providerServer.createdAt());
    }
}
