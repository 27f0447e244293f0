package io.tenantry.cloud.addon;

import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provider.AdditionalAddresses;
import io.tenantry.cloud.provider.Backups;
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
import io.tenantry.cloud.provider.Snapshots;
import io.tenantry.cloud.provider.Volumes;
import io.tenantry.cloud.provisioning.ProvisioningTarget;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A scripted provider of volumes, backups, snapshots and addresses: the outcome of each request is defined beforehand. */
final class ScriptedAddonProvider
        implements ProviderClient, Volumes, Backups, Snapshots, AdditionalAddresses, ProvisioningTarget {
    static final String ACCOUNT = "warehouse";

    /** The outcome of a request. */
    enum ScriptedOutcome {
        /** Done, and the response is lost. */
        LOST,
        /** Not done, and no response. */
        SILENT,
        /** Not done, and refused permanently. */
        REFUSED,
        /** Not done, and refused temporarily. */
        FULL,
        /** Not done, and the provider reports that the resource does not exist. */
        GONE,
        /** Done, and the caller dies. */
        DEATH_AFTER
    }

    /** Death of the caller. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Map<String, Volume> volumes = new LinkedHashMap<>();
    private final Map<String, Boolean> backedUp = new LinkedHashMap<>();
    private final Map<String, Policy> policies = new LinkedHashMap<>();
    private boolean isChoosable = true;
    private boolean isMakingServers;
    private boolean isIdle;
    private Runnable duringNextPolicyQuery = () -> {};
    private final Map<String, List<Snapshot>> snapshots = new LinkedHashMap<>();
    private final Map<String, List<Address>> addresses = new LinkedHashMap<>();
    private final Set<String> unassigned = new LinkedHashSet<>();
    private final Set<String> listedTwice = new LinkedHashSet<>();
    private Keeping keeping = Keeping.STANDALONE;
    private long snapshotMib = 2_100;
    private final Map<String, ProviderServer> servers = new LinkedHashMap<>();
    private final Deque<ScriptedOutcome> nextOutcomes = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private boolean isSlow;
    private boolean isHidingUnfinishedSnapshots;
    private final Map<String, Integer> growing = new LinkedHashMap<>();
    private boolean isGrowing;
    private Progress progress = Progress.done();
    private int numbers;

    /** Sets the outcomes of the next requests, in order; then all succeed. */
    void nextOutcomes(ScriptedOutcome... next) {
        nextOutcomes.addAll(List.of(next));
    }

    /** Makes it create servers too, which takes time. */
    void enableServerCreation() {
        isMakingServers = true;
    }

    /** Puts all its servers into that state. */
    void setServerStates(ProviderServer.State state) {
        servers.replaceAll((id, providerServer) -> new ProviderServer(
                id,
                providerServer.mark(),
                providerServer.name(),
                state,
                providerServer.addresses(),
                providerServer.size(),
                providerServer.region(),
                providerServer.createdAt()));
    }

    /** Sets whether new resources take a while to be ready. */
    void setSlow(boolean is) {
        isSlow = is;
    }

    /** Sets whether resizes take effect at once; discards resizes in progress. */
    void setImmediateResizes(boolean is) {
        isGrowing = !is;
        growing.clear();
    }

    /** Sets the progress of tasks from now on. */
    void setTaskProgress(Progress stage) {
        progress = stage;
    }

    /** Completes everything that is being created or enlarged. */
    void completePending() {
        volumes.replaceAll(
                (id, volume) -> with(volume, growing.getOrDefault(id, volume.sizeGib()), volume.serverId(), true));
        growing.clear();
        snapshots.replaceAll((server, all) -> all.stream()
                .map(snapshot -> new Snapshot(snapshot.id(), snapshot.name(), snapshot.sizeMib(), true, snapshot.at()))
                .toList());
        addresses.replaceAll((server, all) ->
                all.stream().map(one -> new Address(one.text(), true)).toList());
    }

    /** Adds a further address to a server that was not ordered; returns it. */
    String addUnorderedAddress(String serverId) {
        return give(serverId, true).text();
    }

    /** Still keeps an address that was released. */
    void keepReleasedAddress(String serverId, String address) {
        var all = new ArrayList<>(addresses.getOrDefault(serverId, List.of()));
        all.add(new Address(address, true));
        addresses.put(serverId, List.copyOf(all));
    }

    /** Removes an address from its server, unrequested. */
    void removeAddress(String address) {
        addresses.replaceAll((server, all) ->
                all.stream().filter(one -> !one.text().equals(address)).toList());
    }

    /** Keeps an address that is unassigned, unrequested. */
    void unassignAddress(String address) {
        removeAddress(address);
        unassigned.add(address);
    }

    /** Returns the addresses kept but unassigned. */
    Set<String> unassignedAddresses() {
        return Set.copyOf(unassigned);
    }

    /** Returns the addresses assigned to a server. */
    List<String> addressesOf(String serverId) {
        return addresses.getOrDefault(serverId, List.of()).stream()
                .map(Address::text)
                .toList();
    }

    /** Lists a server, with all its addresses. */
    void addServer(String number, UUID service) {
        servers.put(
                number,
                new ProviderServer(
                        number,
                        Optional.of(new ResourceTag(service)),
                        "web",
                        ProviderServer.State.RUNNING,
                        addressesOf(number),
                        "",
                        "fra",
                        Optional.empty()));
    }

    /** Sets whether snapshots are listed only when they are ready. */
    void setHidingUnfinishedSnapshots(boolean is) {
        isHidingUnfinishedSnapshots = is;
    }

    /** Sets how snapshots are kept from now on. */
    void setKeeping(Keeping how) {
        keeping = how;
    }

    /** Sets the size of the next snapshots. */
    void setSnapshotSize(long sizeMib) {
        snapshotMib = sizeMib;
    }

    /** Returns all snapshots with the mark of an add-on. */
    List<Snapshot> snapshotsOf(UUID option) {
        return snapshots.values().stream()
                .flatMap(List::stream)
                .filter(snapshot -> snapshot.name().equals(new ResourceTag(option).text()))
                .toList();
    }

    /** Adds a snapshot of a server that was not ordered, with the mark of an add-on. */
    String addUnorderedSnapshot(UUID option, String serverId) {
        createSnapshot(serverId, new ResourceTag(option).text());
        return snapshotsOf(option).get(0).id();
    }

    /** Removes the snapshot, unrequested. */
    void removeSnapshot(String id) {
        snapshots.replaceAll((server, all) ->
                all.stream().filter(snapshot -> !snapshot.id().equals(id)).toList());
    }

    /** Returns the requests it received, in order. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Returns all volumes with the mark of an add-on. */
    List<Volume> volumesOf(UUID option) {
        return volumes.values().stream()
                .filter(volume -> volume.mark().equals(Optional.of(new ResourceTag(option))))
                .toList();
    }

    /** Adds a volume that was not ordered, with the mark of an add-on. */
    String addUnorderedVolume(UUID option, int sizeGib) {
        return make(new ResourceTag(option), "fra", sizeGib).id();
    }

    /** Reassigns the number of a server to that of another service. */
    void reassignServerId(String number, UUID service) {
        servers.put(
                number,
                new ProviderServer(
                        number,
                        Optional.of(new ResourceTag(service)),
                        "again",
                        ProviderServer.State.RUNNING,
                        List.of(),
                        "",
                        "fra",
                        Optional.empty()));
    }

    /** Marks the resource with that number as another add-on's. */
    void retagVolume(String id, UUID option) {
        volumes.computeIfPresent(
                id,
                (number, volume) -> new Volume(
                        number,
                        Optional.of(new ResourceTag(option)),
                        new ResourceTag(option).text(),
                        volume.sizeGib(),
                        volume.region(),
                        volume.serverId(),
                        volume.ready()));
    }

    /** Lists a volume twice, as lists with shifting pages do. */
    void listTwice(String id) {
        listedTwice.add(id);
    }

    /** Hides it from the list for a while. */
    Volume hideVolume(String id) {
        return Objects.requireNonNull(volumes.remove(id));
    }

    /** Lists it again. */
    void unhideVolume(Volume volume) {
        volumes.put(volume.id(), volume);
    }

    /** Removes it, unrequested. */
    void removeVolume(String id) {
        volumes.remove(id);
    }

    /** Detaches a volume from its server, unrequested. */
    void detachUnrequested(String volumeId) {
        volumes.computeIfPresent(volumeId, (id, volume) -> with(volume, volume.sizeGib(), Optional.empty(), true));
    }

    /** Sets whether the backup frequency can be chosen. */
    void setPolicyChoice(boolean choose) {
        isChoosable = choose;
    }

    /** Sets whether a policy change is only acknowledged without taking effect. */
    void setIgnoringPolicyChanges(boolean is) {
        isIdle = is;
    }

    /** Runs an event, once, while the backup policy is queried. */
    void duringNextPolicyQuery(Runnable event) {
        duringNextPolicyQuery = event;
    }

    @Override
    public boolean isBackedUp(String serverId) {
        return backedUp.getOrDefault(serverId, false);
    }

    @Override
    public Set<String> backedUp() {
        return backedUp.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Switches a server's backups on or off, as in the provider's own pages. */
    void setBackedUp(String serverId, boolean on) {
        backedUp.put(serverId, on);
    }

    @Override
    public Optional<Placement> place(UUID planId, Plan.Size size, String region) {
        return isMakingServers ? Optional.of(new Placement(ACCOUNT, region, "small", "plain")) : Optional.empty();
    }

    @Override
    public Optional<TargetAccount> open(String account) {
        return account.equals(ACCOUNT) ? Optional.of(new TargetAccount(this, Map.of())) : Optional.empty();
    }

    @Override
    public List<Volume> volumes() {
        return Stream.concat(
                        volumes.values().stream(),
                        volumes.values().stream().filter(volume -> listedTwice.contains(volume.id())))
                .toList();
    }

    @Override
    public Volume createVolume(ResourceTag resourceTag, String region, int sizeGib) {
        return answer("create " + sizeGib, () -> make(resourceTag, region, sizeGib));
    }

    @Override
    public ProviderTask attach(String volumeId, String serverId) {
        return answer(
                "attach " + serverId,
                () -> change(volumeId, volume -> with(volume, volume.sizeGib(), Optional.of(serverId), true)));
    }

    @Override
    public ProviderTask detach(String volumeId) {
        return answer(
                "detach", () -> change(volumeId, volume -> with(volume, volume.sizeGib(), Optional.empty(), true)));
    }

    @Override
    public ProviderTask grow(String volumeId, int sizeGib) {
        return answer("grow " + sizeGib, () -> {
            if (isGrowing) {
                growing.put(volumeId, sizeGib);
            }
            return change(volumeId, volume -> isGrowing ? volume : with(volume, sizeGib, volume.serverId(), true));
        });
    }

    @Override
    public void deleteVolume(String volumeId) {
        var unused = answer("delete", () -> {
            volumes.remove(volumeId);
            return volumeId;
        });
    }

    @Override
    public List<Retention> policies() {
        return isChoosable
                ? List.of(
                        new Retention(Optional.of(Policy.DAILY), 7, 7),
                        new Retention(Optional.of(Policy.WEEKLY), 4, 28))
                : List.of(new Retention(Optional.empty(), 3, 14));
    }

    @Override
    public void backUp(String serverId, boolean on) {
        var unused = answer("backups " + (on ? "on" : "off"), () -> {
            backedUp.put(serverId, on);
            policies.remove(serverId);
            return serverId;
        });
    }

    @Override
    public Optional<Policy> policy(String serverId) {
        var seen = Optional.ofNullable(policies.get(serverId));
        var event = duringNextPolicyQuery;
        duringNextPolicyQuery = () -> {};
        event.run();
        return seen;
    }

    @Override
    public void backUp(String serverId, Policy policy) {
        var unused = answer("backups " + policy.word(), () -> {
            if (!isIdle) {
                backedUp.put(serverId, true);
                policies.put(serverId, policy);
            }
            return serverId;
        });
    }

    @Override
    public List<Snapshot> backups(String serverId) {
        return isBackedUp(serverId)
                ? List.of(new Snapshot("copy-1", "daily", 1_700, true, Instant.parse("2026-11-09T03:00:00Z")))
                : List.of();
    }

    @Override
    public ProviderTask restoreBackup(String serverId, String backupId) {
        return answer("restore " + backupId, () -> new ProviderTask("restore"));
    }

    @Override
    public Keeping keeping() {
        return keeping;
    }

    @Override
    public List<Snapshot> snapshots(String serverId) {
        return snapshots.getOrDefault(serverId, List.of()).stream()
                .filter(snapshot -> snapshot.ready() || !isHidingUnfinishedSnapshots)
                .toList();
    }

    @Override
    public ProviderTask snapshot(String serverId, String name) {
        return answer("snapshot", () -> createSnapshot(serverId, name));
    }

    @Override
    public ProviderTask restore(String serverId, String snapshotId) {
        return answer("put back " + snapshotId, () -> new ProviderTask("restore"));
    }

    @Override
    public void deleteSnapshot(String serverId, String snapshotId) {
        var unused = answer("delete snapshot", () -> {
            removeSnapshot(snapshotId);
            return snapshotId;
        });
    }

    @Override
    public int addressesMax() {
        return 2;
    }

    @Override
    public List<Address> addresses(String serverId) {
        return addresses.getOrDefault(serverId, List.of());
    }

    @Override
    public Address addAddress(String serverId) {
        return answer("address", () -> give(serverId, !isSlow));
    }

    @Override
    public boolean isKept(String serverId, String address) {
        return unassigned.contains(address) || AdditionalAddresses.super.isKept(serverId, address);
    }

    @Override
    public void releaseAddress(String serverId, String address) {
        var unused = answer("release " + address, () -> {
            removeAddress(address);
            unassigned.remove(address);
            return address;
        });
    }

    @Override
    public Progress progress(ProviderTask providerTask) {
        return progress;
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
        return List.copyOf(servers.values());
    }

    @Override
    public Optional<ProviderServer> server(String id) {
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
        if (!isMakingServers) {
            throw new ProviderFailure(Reason.INVALID, "no servers here");
        }
        var id = "made-" + ++numbers;
        var providerServer = new ProviderServer(
                id,
                Optional.of(serverSpec.mark()),
                serverSpec.hostname(),
                ProviderServer.State.BUILDING,
                List.of("203.0.113." + numbers),
                serverSpec.size(),
                serverSpec.region(),
                Optional.empty());
        servers.put(id, providerServer);
        return providerServer;
    }

    @Override
    public ProviderTask power(String id, PowerAction powerAction) {
        throw new ProviderFailure(Reason.INVALID, "no servers here");
    }

    @Override
    public void delete(String id) {
        if (!isMakingServers) {
            throw new ProviderFailure(Reason.INVALID, "no servers here");
        }
        servers.remove(id);
    }

    private interface Change {
        Volume of(Volume volume);
    }

    private ProviderTask change(String id, Change change) {
        var volume = volumes.get(id);
        if (volume == null) {
            throw new ProviderFailure(Reason.NOT_FOUND, "there is no volume " + id);
        }
        volumes.put(id, change.of(volume));
        return new ProviderTask("task-" + requests.size());
    }

    private <T> T answer(String what, Supplier<T> action) {
        requests.add(what);
        return answer(nextOutcomes.poll(), action);
    }

    private static <T> T answer(@Nullable ScriptedOutcome scriptedOutcome, Supplier<T> action) {
        if (scriptedOutcome == null) {
            return action.get();
        }
        if (scriptedOutcome == ScriptedOutcome.LOST || scriptedOutcome == ScriptedOutcome.DEATH_AFTER) {
            var unused = action.get();
        }
        if (scriptedOutcome == ScriptedOutcome.DEATH_AFTER) {
            throw new Death();
        }
        throw switch (scriptedOutcome) {
            case FULL -> new ProviderFailure(Reason.NO_CAPACITY, "no room here");
            case GONE -> new ProviderFailure(Reason.NOT_FOUND, "there is no such server");
            case REFUSED -> new ProviderFailure(Reason.INVALID, "no such size");
            case LOST, SILENT, DEATH_AFTER -> new ProviderFailure(Reason.NO_RESPONSE, "silence");
        };
    }

    private Volume make(ResourceTag resourceTag, String region, int sizeGib) {
        var id = "volume-" + ++numbers;
        var volume = new Volume(
                id, Optional.of(resourceTag), resourceTag.text(), sizeGib, region, Optional.empty(), !isSlow);
        volumes.put(id, volume);
        return volume;
    }

    private Address give(String serverId, boolean isReady) {
        var all = new ArrayList<>(addresses.getOrDefault(serverId, List.of()));
        var address = new Address("203.0.113." + ++numbers, isReady);
        all.add(address);
        addresses.put(serverId, List.copyOf(all));
        return address;
    }

    private ProviderTask createSnapshot(String serverId, String name) {
        var all = new ArrayList<>(snapshots.getOrDefault(serverId, List.of()));
        if (keeping == Keeping.WITH_BACKUPS) {
            all.clear();
        }
        var id = "snap-" + ++numbers;
        all.add(new Snapshot(id, name, snapshotMib, !isSlow, Instant.parse("2026-11-10T12:00:00Z")));
        snapshots.put(serverId, List.copyOf(all));
        return new ProviderTask("task-" + requests.size());
    }

    private static Volume with(Volume volume, int sizeGib, Optional<String> serverId, boolean isReady) {
        return new Volume(volume.id(), volume.mark(), volume.name(), sizeGib, volume.region(), serverId, isReady);
    }
}
