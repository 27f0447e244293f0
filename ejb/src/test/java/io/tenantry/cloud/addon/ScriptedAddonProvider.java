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

    private final Map<String, Volume> disks = new LinkedHashMap<>();
    private final Map<String, Boolean> backedUp = new LinkedHashMap<>();
    private final Map<String, Policy> policies = new LinkedHashMap<>();
    private boolean isChoosable = true;
    private boolean isMakingServers;
    private boolean isIdle;
    private Runnable meanwhile = () -> {};
    private final Map<String, List<Snapshot>> copies = new LinkedHashMap<>();
    private final Map<String, List<Address>> addresses = new LinkedHashMap<>();
    private final Set<String> loose = new LinkedHashSet<>();
    private final Set<String> twice = new LinkedHashSet<>();
    private Keeping keeping = Keeping.STANDALONE;
    private long copyMib = 2_100;
    private final Map<String, ProviderServer> servers = new LinkedHashMap<>();
    private final Deque<ScriptedOutcome> fates = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private boolean isSlow;
    private boolean isShy;
    private final Map<String, Integer> growing = new LinkedHashMap<>();
    private boolean isGrowing;
    private Progress progress = Progress.done();
    private int numbers;

    /** Sets the outcomes of the next requests, in order; then all succeed. */
    void fates(ScriptedOutcome... next) {
        fates.addAll(List.of(next));
    }

    /** Makes it create servers too, which takes time. */
    void makesServers() {
        isMakingServers = true;
    }

    /** Puts all its servers into that state. */
    void all(ProviderServer.State state) {
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
    void slow(boolean is) {
        isSlow = is;
    }

    /** Sets whether resizes take effect at once; discards resizes in progress. */
    void grows(boolean is) {
        isGrowing = !is;
        growing.clear();
    }

    /** Sets the progress of tasks from now on. */
    void tasks(Progress stage) {
        progress = stage;
    }

    /** Completes everything that is being created or enlarged. */
    void ready() {
        disks.replaceAll((id, disk) -> with(disk, growing.getOrDefault(id, disk.sizeGib()), disk.serverId(), true));
        growing.clear();
        copies.replaceAll((server, all) -> all.stream()
                .map(copy -> new Snapshot(copy.id(), copy.name(), copy.sizeMib(), true, copy.at()))
                .toList());
        addresses.replaceAll((server, all) ->
                all.stream().map(one -> new Address(one.text(), true)).toList());
    }

    /** Adds a further address to a server that was not ordered; returns it. */
    String addressAppears(String serverId) {
        return give(serverId, true).text();
    }

    /** Still keeps an address that was released. */
    void keepsAddress(String serverId, String address) {
        var all = new ArrayList<>(addresses.getOrDefault(serverId, List.of()));
        all.add(new Address(address, true));
        addresses.put(serverId, List.copyOf(all));
    }

    /** Removes an address from its server, unrequested. */
    void losesAddress(String address) {
        addresses.replaceAll((server, all) ->
                all.stream().filter(one -> !one.text().equals(address)).toList());
    }

    /** Keeps an address that is unassigned, unrequested. */
    void loosens(String address) {
        losesAddress(address);
        loose.add(address);
    }

    /** Returns the addresses kept but unassigned. */
    Set<String> loose() {
        return Set.copyOf(loose);
    }

    /** Returns the addresses assigned to a server. */
    List<String> addressesOf(String serverId) {
        return addresses.getOrDefault(serverId, List.of()).stream()
                .map(Address::text)
                .toList();
    }

    /** Lists a server, with all its addresses. */
    void shows(String number, UUID service) {
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
    void shy(boolean is) {
        isShy = is;
    }

    /** Sets how snapshots are kept from now on. */
    void keeps(Keeping how) {
        keeping = how;
    }

    /** Sets the size of the next snapshots. */
    void copies(long sizeMib) {
        copyMib = sizeMib;
    }

    /** Returns all snapshots with the mark of an add-on. */
    List<Snapshot> copiesOf(UUID option) {
        return copies.values().stream()
                .flatMap(List::stream)
                .filter(copy -> copy.name().equals(new ResourceTag(option).text()))
                .toList();
    }

    /** Adds a snapshot of a server that was not ordered, with the mark of an add-on. */
    String copyAppears(UUID option, String serverId) {
        copy(serverId, new ResourceTag(option).text());
        return copiesOf(option).get(0).id();
    }

    /** Removes the snapshot, unrequested. */
    void losesCopy(String id) {
        copies.replaceAll((server, all) ->
                all.stream().filter(copy -> !copy.id().equals(id)).toList());
    }

    /** Returns the requests it received, in order. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** Returns all volumes with the mark of an add-on. */
    List<Volume> of(UUID option) {
        return disks.values().stream()
                .filter(disk -> disk.mark().equals(Optional.of(new ResourceTag(option))))
                .toList();
    }

    /** Adds a volume that was not ordered, with the mark of an add-on. */
    String appears(UUID option, int sizeGib) {
        return make(new ResourceTag(option), "fra", sizeGib).id();
    }

    /** Reassigns the number of a server to that of another service. */
    void gives(String number, UUID service) {
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
    void marks(String id, UUID option) {
        disks.computeIfPresent(
                id,
                (number, disk) -> new Volume(
                        number,
                        Optional.of(new ResourceTag(option)),
                        new ResourceTag(option).text(),
                        disk.sizeGib(),
                        disk.region(),
                        disk.serverId(),
                        disk.ready()));
    }

    /** Lists a volume twice, as lists with shifting pages do. */
    void repeats(String id) {
        twice.add(id);
    }

    /** Hides it from the list for a while. */
    Volume takesAway(String id) {
        return Objects.requireNonNull(disks.remove(id));
    }

    /** Lists it again. */
    void brings(Volume disk) {
        disks.put(disk.id(), disk);
    }

    /** Removes it, unrequested. */
    void loses(String id) {
        disks.remove(id);
    }

    /** Detaches a volume from its server, unrequested. */
    void takesOff(String volumeId) {
        disks.computeIfPresent(volumeId, (id, disk) -> with(disk, disk.sizeGib(), Optional.empty(), true));
    }

    /** Sets whether the backup frequency can be chosen. */
    void lets(boolean choose) {
        isChoosable = choose;
    }

    /** Sets whether a policy change is only acknowledged without taking effect. */
    void idles(boolean is) {
        isIdle = is;
    }

    /** Runs an event, once, while the backup policy is queried. */
    void meanwhile(Runnable event) {
        meanwhile = event;
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
    void backsUp(String serverId, boolean on) {
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
        return Stream.concat(disks.values().stream(), disks.values().stream().filter(disk -> twice.contains(disk.id())))
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
                () -> change(volumeId, disk -> with(disk, disk.sizeGib(), Optional.of(serverId), true)));
    }

    @Override
    public ProviderTask detach(String volumeId) {
        return answer("detach", () -> change(volumeId, disk -> with(disk, disk.sizeGib(), Optional.empty(), true)));
    }

    @Override
    public ProviderTask grow(String volumeId, int sizeGib) {
        return answer("grow " + sizeGib, () -> {
            if (isGrowing) {
                growing.put(volumeId, sizeGib);
            }
            return change(volumeId, disk -> isGrowing ? disk : with(disk, sizeGib, disk.serverId(), true));
        });
    }

    @Override
    public void deleteVolume(String volumeId) {
        var unused = answer("delete", () -> {
            disks.remove(volumeId);
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
        var event = meanwhile;
        meanwhile = () -> {};
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
        return copies.getOrDefault(serverId, List.of()).stream()
                .filter(copy -> copy.ready() || !isShy)
                .toList();
    }

    @Override
    public ProviderTask snapshot(String serverId, String name) {
        return answer("snapshot", () -> copy(serverId, name));
    }

    @Override
    public ProviderTask restore(String serverId, String snapshotId) {
        return answer("put back " + snapshotId, () -> new ProviderTask("restore"));
    }

    @Override
    public void deleteSnapshot(String serverId, String snapshotId) {
        var unused = answer("delete snapshot", () -> {
            losesCopy(snapshotId);
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
        return loose.contains(address) || AdditionalAddresses.super.isKept(serverId, address);
    }

    @Override
    public void releaseAddress(String serverId, String address) {
        var unused = answer("release " + address, () -> {
            losesAddress(address);
            loose.remove(address);
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
        Volume of(Volume disk);
    }

    private ProviderTask change(String id, Change change) {
        var disk = disks.get(id);
        if (disk == null) {
            throw new ProviderFailure(Reason.NOT_FOUND, "there is no volume " + id);
        }
        disks.put(id, change.of(disk));
        return new ProviderTask("task-" + asked.size());
    }

    private <T> T answer(String what, Supplier<T> action) {
        asked.add(what);
        return answer(fates.poll(), action);
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
        var id = "disk-" + ++numbers;
        var disk = new Volume(
                id, Optional.of(resourceTag), resourceTag.text(), sizeGib, region, Optional.empty(), !isSlow);
        disks.put(id, disk);
        return disk;
    }

    private Address give(String serverId, boolean isReady) {
        var all = new ArrayList<>(addresses.getOrDefault(serverId, List.of()));
        var address = new Address("203.0.113." + ++numbers, isReady);
        all.add(address);
        addresses.put(serverId, List.copyOf(all));
        return address;
    }

    private ProviderTask copy(String serverId, String name) {
        var all = new ArrayList<>(copies.getOrDefault(serverId, List.of()));
        if (keeping == Keeping.WITH_BACKUPS) {
            all.clear();
        }
        var id = "snap-" + ++numbers;
        all.add(new Snapshot(id, name, copyMib, !isSlow, Instant.parse("2026-11-10T12:00:00Z")));
        copies.put(serverId, List.copyOf(all));
        return new ProviderTask("task-" + asked.size());
    }

    private static Volume with(Volume disk, int sizeGib, Optional<String> serverId, boolean isReady) {
        return new Volume(disk.id(), disk.mark(), disk.name(), sizeGib, disk.region(), serverId, isReady);
    }
}
