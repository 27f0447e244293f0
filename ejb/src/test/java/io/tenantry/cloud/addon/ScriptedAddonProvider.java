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

/** A vendor of volumes, backups, snapshots and addresses that does as it is told: what comes next at each wish is laid down before. */
final class ScriptedAddonProvider
        implements ProviderClient, Volumes, Backups, Snapshots, AdditionalAddresses, ProvisioningTarget {
    static final String ACCOUNT = "warehouse";

    /** What becomes of a wish. */
    enum ScriptedOutcome {
        /** It is done, and the answer lost. */
        LOST,
        /** It is not done, and nobody answers. */
        SILENT,
        /** It is not done, and the vendor says so for good. */
        REFUSED,
        /** It is not done, and the vendor says so; later it may. */
        FULL,
        /** It is not done, and the vendor says that there is no such thing. */
        GONE,
        /** It is done, and whoever asked dies. */
        DEATH_AFTER
    }

    /** Whoever asked is no more. */
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
    private Keeping keeping = Keeping.APART;
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

    /** What becomes of the next wishes, in order; then all goes well. */
    void fates(ScriptedOutcome... next) {
        fates.addAll(List.of(next));
    }

    /** From now on it makes servers too, which take their time. */
    void makesServers() {
        isMakingServers = true;
    }

    /** All its servers come to be in that state. */
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

    /** Whether what is made takes a while to be ready. */
    void slow(boolean is) {
        isSlow = is;
    }

    /** Whether what is to grow does so at once; what was at it comes to nothing. */
    void grows(boolean is) {
        isGrowing = !is;
        growing.clear();
    }

    /** How tasks stand from now on. */
    void tasks(Progress stage) {
        progress = stage;
    }

    /** All that is being made, or made larger, is ready. */
    void ready() {
        disks.replaceAll((id, disk) -> with(disk, growing.getOrDefault(id, disk.sizeGib()), disk.serverId(), true));
        growing.clear();
        copies.replaceAll((server, all) -> all.stream()
                .map(copy -> new Snapshot(copy.id(), copy.name(), copy.sizeMib(), true, copy.at()))
                .toList());
        addresses.replaceAll((server, all) ->
                all.stream().map(one -> new Address(one.text(), true)).toList());
    }

    /** A server has one more address, which nobody asked for; that is it. */
    String addressAppears(String serverId) {
        return give(serverId, true).text();
    }

    /** It still keeps one that was given back. */
    void keepsAddress(String serverId, String address) {
        var all = new ArrayList<>(addresses.getOrDefault(serverId, List.of()));
        all.add(new Address(address, true));
        addresses.put(serverId, List.copyOf(all));
    }

    /** Its server has an address no more, and nobody asked for that. */
    void losesAddress(String address) {
        addresses.replaceAll((server, all) ->
                all.stream().filter(one -> !one.text().equals(address)).toList());
    }

    /** It keeps an address that leads nowhere, and nobody asked for that. */
    void loosens(String address) {
        losesAddress(address);
        loose.add(address);
    }

    /** Those that it keeps and that lead nowhere. */
    Set<String> loose() {
        return Set.copyOf(loose);
    }

    /** What it has given to a server. */
    List<String> addressesOf(String serverId) {
        return addresses.getOrDefault(serverId, List.of()).stream()
                .map(Address::text)
                .toList();
    }

    /** It tells of a server, with all its addresses. */
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

    /** Whether snapshots are shown only when they are ready. */
    void shy(boolean is) {
        isShy = is;
    }

    /** How it keeps snapshots from now on. */
    void keeps(Keeping how) {
        keeping = how;
    }

    /** So big are the next snapshots. */
    void copies(long sizeMib) {
        copyMib = sizeMib;
    }

    /** All snapshots with the mark of an option. */
    List<Snapshot> copiesOf(UUID option) {
        return copies.values().stream()
                .flatMap(List::stream)
                .filter(copy -> copy.name().equals(new ResourceTag(option).text()))
                .toList();
    }

    /** A snapshot of a server that nobody asked for, with the mark of an option. */
    String copyAppears(UUID option, String serverId) {
        copy(serverId, new ResourceTag(option).text());
        return copiesOf(option).get(0).id();
    }

    /** The snapshot is gone, and nobody asked for that. */
    void losesCopy(String id) {
        copies.replaceAll((server, all) ->
                all.stream().filter(copy -> !copy.id().equals(id)).toList());
    }

    /** What it was asked for, in order. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** All that there are with the mark of an option. */
    List<Volume> of(UUID option) {
        return disks.values().stream()
                .filter(disk -> disk.mark().equals(Optional.of(new ResourceTag(option))))
                .toList();
    }

    /** One that nobody asked for, with the mark of an option. */
    String appears(UUID option, int sizeGib) {
        return make(new ResourceTag(option), "fra", sizeGib).id();
    }

    /** It gives the number of a server to that of another service. */
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

    /** What has that number is another's by now. */
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

    /** Its list shows a volume twice, as lists do whose pages shift. */
    void repeats(String id) {
        twice.add(id);
    }

    /** It is not told for a while. */
    Volume takesAway(String id) {
        return Objects.requireNonNull(disks.remove(id));
    }

    /** It is told again. */
    void brings(Volume disk) {
        disks.put(disk.id(), disk);
    }

    /** It is gone, and nobody asked for that. */
    void loses(String id) {
        disks.remove(id);
    }

    /** A server lost a volume: nobody asked for that. */
    void takesOff(String volumeId) {
        disks.computeIfPresent(volumeId, (id, disk) -> with(disk, disk.sizeGib(), Optional.empty(), true));
    }

    /** Whether it lets anybody choose how often servers are copied. */
    void lets(boolean choose) {
        isChoosable = choose;
    }

    /** Whether it only says that it copies servers as often as another policy says. */
    void idles(boolean is) {
        isIdle = is;
    }

    /** What happens, once, while it is asked how often a server is copied. */
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

    /** Somebody has switched a server's backups on or off in its own pages. */
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
    public ProviderCatalog catalogue() {
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

    private <T> T answer(String what, Supplier<T> deed) {
        asked.add(what);
        return answer(fates.poll(), deed);
    }

    private static <T> T answer(@Nullable ScriptedOutcome scriptedOutcome, Supplier<T> deed) {
        if (scriptedOutcome == null) {
            return deed.get();
        }
        if (scriptedOutcome == ScriptedOutcome.LOST || scriptedOutcome == ScriptedOutcome.DEATH_AFTER) {
            var unused = deed.get();
        }
        if (scriptedOutcome == ScriptedOutcome.DEATH_AFTER) {
            throw new Death();
        }
        throw switch (scriptedOutcome) {
            case FULL -> new ProviderFailure(Reason.NO_CAPACITY, "no room here");
            case GONE -> new ProviderFailure(Reason.NOT_FOUND, "there is no such server");
            case REFUSED -> new ProviderFailure(Reason.INVALID, "no such size");
            case LOST, SILENT, DEATH_AFTER -> new ProviderFailure(Reason.NO_ANSWER, "silence");
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
