package io.tenantry.simulation;

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
import io.tenantry.cloud.provider.RescueMode;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerRebuild;
import io.tenantry.cloud.provider.ServerResize;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.cloud.provider.Snapshots;
import io.tenantry.cloud.provider.Volumes;
import io.tenantry.kernel.time.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A simulated provider account with realistic behavior: it takes time, is overloaded, fails, executes requests without reporting it, reports
 * success without executing them, executes them late or twice, shows resources in lists only after a delay, and reuses numbers.
 */
final class SimulatedProvider
        implements ProviderClient,
                ServerResize,
                ServerRebuild,
                RescueMode,
                Volumes,
                Backups,
                Snapshots,
                AdditionalAddresses {
    /** A request sent later than this after its sender took up the work is late without the provider's fault. */
    private static final Duration SENT_IN_TIME = Duration.ofSeconds(10);

    /** The requester of a power operation does not wait longer than this. */
    private static final Duration SWITCHED_IN_TIME = Duration.ofMinutes(5);

    private static final Duration FOR_EVER = Duration.ofDays(3_650);

    final SimulatedServers simulatedServers;
    final SimulatedAddons simulatedAddons;
    private final String account;
    private final boolean tellsSystem;
    private final Keeping keeping;
    private final MovableClock clock;
    private final Moments moments;
    private final Supplier<SeededRandom> chance;
    private final EventCounts eventCounts;
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private boolean isReliable;

    /**
     * @param tellsSystem whether it reports which servers are in their rescue system
     *
     * @param keeping of copies of servers
     */
    SimulatedProvider(
            String account,
            boolean tellsSystem,
            Keeping keeping,
            MovableClock clock,
            Moments moments,
            Supplier<SeededRandom> chance,
            EventCounts eventCounts) {
        this.account = account;
        this.tellsSystem = tellsSystem;
        this.keeping = keeping;
        this.clock = clock;
        this.moments = moments;
        this.chance = chance;
        this.eventCounts = eventCounts;
        simulatedServers = new SimulatedServers(account);
        simulatedAddons = new SimulatedAddons(keeping);
    }

    /** An operation on a server that completes after a while. */
    private static final class Job {
        private final Instant doneAt;
        private final boolean hasFailed;
        private Runnable action;

        /**
         * @param action its effect, regardless of what is reported
         *
         * @param hasFailed what is reported
         */
        Job(Instant doneAt, Runnable action, boolean hasFailed) {
            this.doneAt = doneAt;
            this.action = action;
            this.hasFailed = hasFailed;
        }

        /** Returns a job without an effect that is reported as done. */
        static Job failed(Instant doneAt) {
            return new Job(doneAt, Job::nothing, false);
        }

        private static void nothing() {}

        void apply(Instant now) {
            if (!doneAt.isAfter(now)) {
                var due = action;
                action = Job::nothing;
                due.run();
            }
        }
    }

    /** Sets whether all requests succeed from now on. */
    void setReliable(boolean now) {
        isReliable = now;
    }

    @Override
    public String check() {
        return account;
    }

    @Override
    public ProviderCatalog readCatalog() {
        return new ProviderCatalog(List.of(), List.of(), List.of());
    }

    @Override
    public List<ProviderServer> servers() {
        return inspect("list", () -> {
            var now = clock.instant();
            var listed = new ArrayList<ProviderServer>();
            for (var machine : simulatedServers.there(now)) {
                if (machine.isListed(now)) {
                    listed.add(machine.reported(now));
                }
            }
            if (!isReliable && !listed.isEmpty() && random().happens(20)) {
                eventCounts.count("provider", "a page shifted and omitted a server");
                listed.remove(random().between(0, listed.size() - 1));
            }
            return List.copyOf(listed);
        });
    }

    @Override
    public Optional<ProviderServer> server(String id) {
        return inspect("server", () -> {
            if (!isReliable && random().happens(3)) {
                eventCounts.count("provider", "an existing server was reported as unknown");
                return Optional.<ProviderServer>empty();
            }
            var now = clock.instant();
            return simulatedServers.at(id, now).map(machine -> machine.reported(now));
        });
    }

    @Override
    public List<ProviderServer> marked(ResourceTag resourceTag) {
        return inspect("mark", () -> {
            var now = clock.instant();
            return simulatedServers.there(now).stream()
                    .filter(machine -> machine.isListed(now) && machine.isOf(resourceTag))
                    .map(machine -> machine.reported(now))
                    .toList();
        });
    }

    @Override
    public Progress progress(ProviderTask providerTask) {
        return inspect("task", () -> {
            var job = jobs.get(providerTask.id());
            if (job == null) {
                return Progress.failed("no such task");
            }
            if (job.doneAt.isAfter(clock.instant())) {
                return Progress.running(50);
            }
            return job.hasFailed ? Progress.failed("the host did not do it") : Progress.done();
        });
    }

    @Override
    public ProviderServer create(ServerSpec serverSpec) {
        moments.between("provider create, before");
        letTimePass();
        var requestOutcome = pickOutcome("create", RequestOutcome.OF_CREATION);
        var now = clock.instant();
        var made = make(serverSpec, requestOutcome, now);
        moments.between("provider create, after");
        refuse(requestOutcome, "create");
        return made.orElseThrow().reported(now);
    }

    private Optional<Machine> make(ServerSpec serverSpec, RequestOutcome requestOutcome, Instant now) {
        var reserved = simulatedServers.there(now).stream()
                .filter(machine -> machine.isReserved && machine.isOf(serverSpec.mark()))
                .findFirst();
        if (requestOutcome.done == RequestOutcome.Done.NO
                || (reserved.isPresent() && requestOutcome.done == RequestOutcome.Done.HALF)) {
            return Optional.empty();
        }
        if (reserved.isPresent()) {
            reserved.get().isReserved = false;
            reserved.get().runsAt = now.plus(buildTime(reserved.get()));
            return reserved;
        }
        if (requestOutcome.done == RequestOutcome.Done.DUPLICATE) {
            var unused = newMachine(serverSpec, now, "made twice");
        }
        var machine = newMachine(serverSpec, appearanceOf(requestOutcome, now), excuse(requestOutcome));
        machine.isReserved = requestOutcome.done == RequestOutcome.Done.HALF;
        return Optional.of(machine);
    }

    private Instant appearanceOf(RequestOutcome requestOutcome, Instant now) {
        return switch (requestOutcome.done) {
            case LATE -> now.plus(random().between(Duration.ofSeconds(20), Duration.ofMinutes(8)));
            case FAR_TOO_LATE -> now.plus(random().between(Duration.ofMinutes(11), Duration.ofMinutes(90)));
            default -> now;
        };
    }

    private String excuse(RequestOutcome requestOutcome) {
        if (moments.pausedFor().compareTo(SENT_IN_TIME) > 0) {
            return "sent late";
        }
        return switch (requestOutcome.done) {
            case FAR_TOO_LATE -> "far too late";
            case DUPLICATE -> "made twice";
            default -> Machine.USUAL;
        };
    }

    private Machine newMachine(ServerSpec serverSpec, Instant appears, String excuse) {
        var isReused = random().happens(150);
        var stale = random().happens(400) ? random().between(Duration.ZERO, Duration.ofSeconds(50)) : Duration.ZERO;
        var number = simulatedServers.number(isReused ? random().between(0, 1_000) : -1, clock.instant());
        if (number.isReused()) {
            eventCounts.count("provider", "a number was reused");
        }
        var machine = new Machine(
                number.id(),
                Optional.of(serverSpec.mark()),
                excuse,
                serverSpec.size(),
                simulatedServers.address(),
                appears,
                appears.plus(stale),
                appears);
        machine.runsAt = appears.plus(buildTime(machine));
        simulatedServers.add(machine);
        return machine;
    }

    private Duration buildTime(Machine machine) {
        if (random().happens(20)) {
            machine.isBroken = true;
        } else if (random().happens(7)) {
            eventCounts.count("provider", "a server never started");
            return FOR_EVER;
        } else if (random().happens(30)) {
            return random().between(Duration.ofMinutes(5), Duration.ofMinutes(50));
        }
        return random().between(Duration.ofSeconds(15), Duration.ofSeconds(90));
    }

    @Override
    public ProviderTask power(String id, PowerAction powerAction) {
        moments.between("provider power, before");
        letTimePass();
        var now = clock.instant();
        var machine = atRest(id, now);
        var requestOutcome = pickOutcome("power", RequestOutcome.OF_DEED);
        var providerTask = nextTask();
        if (requestOutcome.done == RequestOutcome.Done.YES) {
            simulatedServers.touched(machine, powerAction);
            var lasts = random().happens(8)
                    ? Duration.ofDays(1)
                    : random().between(Duration.ofSeconds(2), Duration.ofSeconds(40));
            var isStubborn = powerAction == PowerAction.SHUT_DOWN && random().happens(60);
            var hasFailed = random().happens(30);
            var isLate = isSentTooLate() || lasts.compareTo(SWITCHED_IN_TIME) > 0;
            machine.schedulePowerOperation(now.plus(lasts));
            jobs.put(
                    providerTask.id(),
                    new Job(
                            now.plus(lasts),
                            isStubborn || hasFailed ? Job::nothing : () -> switched(machine, powerAction, isLate),
                            hasFailed));
        } else {
            if (requestOutcome == RequestOutcome.IGNORED && powerAction == PowerAction.RESTART) {
                machine.reportBoot();
            }
            jobs.put(providerTask.id(), Job.failed(now));
        }
        moments.between("provider power, after");
        refuse(requestOutcome, "power");
        return providerTask;
    }

    private static void switched(Machine machine, PowerAction powerAction, boolean isLate) {
        if (powerAction == PowerAction.OFF || powerAction == PowerAction.SHUT_DOWN) {
            machine.isOff = true;
        } else if (powerAction == PowerAction.RESTART || machine.isOff || machine.isSuspended) {
            machine.boot(isLate);
        }
    }

    @Override
    public ProviderTask resize(String id, String size) {
        moments.between("provider resize, before");
        letTimePass();
        var now = clock.instant();
        var machine = atRest(id, now);
        var requestOutcome = pickOutcome("resize", RequestOutcome.OF_DEED);
        var providerTask = nextTask();
        if (requestOutcome.done == RequestOutcome.Done.YES) {
            simulatedServers.grown(machine);
            jobs.put(providerTask.id(), resizing(machine, size, now));
        } else {
            jobs.put(providerTask.id(), Job.failed(now));
        }
        moments.between("provider resize, after");
        refuse(requestOutcome, "resize");
        return providerTask;
    }

    /** Most complete in minutes; some have no effect, some take effect and are reported as failed, and some leave the server off. */
    private Job resizing(Machine machine, String size, Instant now) {
        var lasts = random().happens(20)
                ? random().between(Duration.ofMinutes(20), Duration.ofMinutes(150))
                : random().between(Duration.ofSeconds(20), Duration.ofMinutes(6));
        var hasFailed = random().happens(40);
        var isSoAllTheSame = random().happens(300);
        var isLeftOff = random().happens(150);
        var isSentTooLate = isSentTooLate();
        machine.setBusy(now, now.plus(lasts));
        Runnable action = () -> {
            var isOff = machine.isOff || isLeftOff;
            var isSuspended = machine.isSuspended;
            machine.boot(isSentTooLate);
            machine.size = size;
            machine.isOff = isOff;
            machine.isSuspended = isSuspended;
        };
        return new Job(now.plus(lasts), hasFailed && !isSoAllTheSame ? Job::nothing : action, hasFailed);
    }

    @Override
    public ProviderTask rebuild(String id, ServerSpec serverSpec) {
        moments.between("provider rebuild, before");
        letTimePass();
        var now = clock.instant();
        var machine = atRest(id, now);
        var requestOutcome = pickOutcome("rebuild", RequestOutcome.OF_BEGINNING);
        var providerTask = nextTask();
        if (requestOutcome.done == RequestOutcome.Done.NO) {
            jobs.put(providerTask.id(), Job.failed(now));
        } else {
            jobs.put(providerTask.id(), rebuilding(machine, serverSpec, startOf(requestOutcome, now)));
        }
        moments.between("provider rebuild, after");
        refuse(requestOutcome, "rebuild");
        return providerTask;
    }

    private Instant startOf(RequestOutcome requestOutcome, Instant now) {
        return requestOutcome.done == RequestOutcome.Done.LATE
                ? now.plus(random().between(Duration.ofSeconds(20), Duration.ofMinutes(8)))
                : now;
    }

    /** The server is erased, and runs minutes later; some become broken, or are reported as such. */
    private Job rebuilding(Machine machine, ServerSpec serverSpec, Instant at) {
        var until = at.plus(random().between(Duration.ofSeconds(20), Duration.ofMinutes(5)));
        var isSentTooLate = isSentTooLate();
        var isLate = isSentTooLate || at.isAfter(clock.instant());
        var hasFailed = random().happens(30);
        machine.setBusy(at, until);
        simulatedServers.erased(machine, serverSpec.mark(), at, isSentTooLate);
        return new Job(until, () -> machine.boot(isLate), hasFailed);
    }

    @Override
    public ProviderTask rescue(String serverId, List<String> keys) {
        return turned("rescue", serverId, true);
    }

    @Override
    public ProviderTask leaveRescue(String serverId) {
        return turned("return", serverId, false);
    }

    @Override
    public Optional<Boolean> isRescued(String serverId) {
        return tellsSystem ? inspect("system", () -> Optional.of(there(serverId).isRescued())) : Optional.empty();
    }

    /** A provider that does not report which system a server is in executes exactly what it reports. */
    private ProviderTask turned(String what, String serverId, boolean isRescue) {
        return done(what, "system", tellsSystem ? RequestOutcome.OF_DEED : RequestOutcome.OF_WORD, now -> {
            var machine = atRest(serverId, now);
            if (machine.isSwitching(now)) {
                throw new ProviderFailure(Reason.BUSY, "server " + serverId + " is being switched");
            }
            return startingSystem(machine, isRescue, now);
        });
    }

    /** The server starts in minutes; some do not, and some are reported as failed where that can be verified. */
    private Job startingSystem(Machine machine, boolean isRescue, Instant now) {
        var lasts = random().happens(15)
                ? random().between(Duration.ofMinutes(20), Duration.ofMinutes(50))
                : random().between(Duration.ofSeconds(10), Duration.ofMinutes(3));
        var hasFailed = random().happens(60);
        var isSoAllTheSame = tellsSystem && random().happens(500);
        var isSentTooLate = isSentTooLate();
        machine.setBusy(now, now.plus(lasts));
        simulatedServers.recordSystemStart(machine, isRescue, now, isSentTooLate);
        Runnable action = () -> machine.startSystem(isRescue, isSentTooLate);
        return new Job(now.plus(lasts), hasFailed && !isSoAllTheSame ? Job::nothing : action, hasFailed);
    }

    private Machine atRest(String id, Instant now) {
        var machine = simulatedServers
                .at(id, now)
                .orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "there is no server " + id));
        if (machine.state(now) == ProviderServer.State.BUSY) {
            throw new ProviderFailure(Reason.BUSY, "server " + id + " is at something");
        }
        return machine;
    }

    private ProviderTask nextTask() {
        return new ProviderTask("task-" + jobs.size());
    }

    @Override
    public void delete(String id) {
        moments.between("provider delete, before");
        letTimePass();
        var now = clock.instant();
        var requestOutcome = pickOutcome("delete", RequestOutcome.OF_DEED);
        if (requestOutcome.done == RequestOutcome.Done.YES) {
            simulatedServers.at(id, now).ifPresent(machine -> {
                simulatedServers.touched(machine);
                machine.startDeletion(now, now.plus(random().between(Duration.ofSeconds(1), Duration.ofMinutes(2))));
            });
        }
        moments.between("provider delete, after");
        refuse(requestOutcome, "delete");
    }

    @Override
    public List<Volume> volumes() {
        return inspect("disks", () -> simulatedAddons.listed(clock.instant()));
    }

    @Override
    public Volume createVolume(ResourceTag resourceTag, String region, int sizeGib) {
        return made(
                "disk",
                appears -> simulatedAddons
                        .volume(
                                account,
                                resourceTag,
                                region,
                                sizeGib,
                                appears,
                                appears.plus(listingDelay()),
                                appears.plus(readyDelay()))
                        .reported(clock.instant()));
    }

    @Override
    public ProviderTask attach(String volumeId, String serverId) {
        return done("attach", now -> {
            var machine = atRest(serverId, now);
            var disk = simulatedAddons.atRest(volumeId, now);
            if (disk.at(now).filter(id -> !id.equals(serverId)).isPresent()) {
                throw new ProviderFailure(Reason.INVALID, "disk " + volumeId + " is at another server");
            }
            return volumeJob(disk, now, () -> disk.machine = machine);
        });
    }

    @Override
    public ProviderTask detach(String volumeId) {
        return done("detach", now -> {
            var disk = simulatedAddons.atRest(volumeId, now);
            return volumeJob(disk, now, () -> disk.machine = null);
        });
    }

    private Job volumeJob(SimulatedAddons.SimulatedVolume disk, Instant now, Runnable action) {
        var until = now.plus(random().between(Duration.ofSeconds(1), Duration.ofSeconds(25)));
        var hasFailed = random().happens(30);
        disk.setBusy(until);
        disk.isUnsure = disk.isUnsure || isSentTooLate();
        return new Job(until, hasFailed ? Job::nothing : action, hasFailed);
    }

    @Override
    public ProviderTask grow(String volumeId, int sizeGib) {
        return done("grow", now -> {
            var disk = simulatedAddons.atRest(volumeId, now);
            return volumeJob(disk, now, () -> disk.sizeGib = Math.max(disk.sizeGib, sizeGib));
        });
    }

    @Override
    public void deleteVolume(String volumeId) {
        requestChange(
                "delete a disk",
                RequestOutcome.OF_DEED,
                now -> simulatedAddons.removeVolume(volumeId, now, now.plus(deletionDelay())));
    }

    @Override
    public void backUp(String serverId, boolean on) {
        requestChange("backups", RequestOutcome.OF_WORD, now -> {
            var machine = atRest(serverId, now);
            machine.isBackedUp = on;
            machine.isBackupUnsure = machine.isBackupUnsure || isSentTooLate();
        });
    }

    @Override
    public List<Retention> policies() {
        return List.of(new Retention(Optional.empty(), 3, 14));
    }

    @Override
    public boolean isBackedUp(String serverId) {
        return inspect("backups", () -> there(serverId).isBackedUp);
    }

    @Override
    public Set<String> backedUp() {
        return inspect(
                "backups",
                () -> simulatedServers.there(clock.instant()).stream()
                        .filter(machine -> machine.isBackedUp)
                        .map(machine -> machine.id)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public List<Snapshot> backups(String serverId) {
        return inspect(
                "backups",
                () -> there(serverId).isBackedUp
                        ? List.of(new Snapshot("daily-" + serverId, "daily", 1_700, true, SimulatedWorld.BEGIN))
                        : List.of());
    }

    @Override
    public ProviderTask restoreBackup(String serverId, String backupId) {
        return done("put back", now -> restoring(atRest(serverId, now), now));
    }

    @Override
    public Keeping keeping() {
        return keeping;
    }

    @Override
    public List<Snapshot> snapshots(String serverId) {
        return inspect("copies", () -> {
            if (keeping == Keeping.WITH_SERVER) {
                var unused = there(serverId);
            }
            return simulatedAddons.snapshotsOf(serverId, clock.instant());
        });
    }

    /** Some are reported as failed, of which a few exist nevertheless. */
    @Override
    public ProviderTask snapshot(String serverId, String name) {
        return made("copy", appears -> {
            var machine = atRest(serverId, clock.instant());
            var ready = appears.plus(random().between(Duration.ofSeconds(10), Duration.ofMinutes(9)));
            var hasFailed = random().happens(25);
            if (!hasFailed || random().happens(200)) {
                simulatedAddons.copy(account, machine, name, random().between(200, 9_000), appears, ready);
            }
            var providerTask = nextTask();
            jobs.put(providerTask.id(), new Job(ready, Job::nothing, hasFailed));
            return providerTask;
        });
    }

    @Override
    public ProviderTask restore(String serverId, String snapshotId) {
        return done("put back", now -> {
            var unused = simulatedAddons.copy(snapshotId, now);
            return restoring(atRest(serverId, now), now);
        });
    }

    private Job restoring(Machine machine, Instant now) {
        var until = now.plus(random().between(Duration.ofSeconds(20), Duration.ofMinutes(9)));
        var hasFailed = random().happens(30);
        var takesOff = random().happens(300);
        var isSentTooLate = isSentTooLate();
        machine.setBusy(now, until);
        if (!isSentTooLate) {
            simulatedAddons.recordRestore(machine, now);
        }
        if (takesOff && !hasFailed) {
            simulatedAddons.detachAll(machine);
        }
        return new Job(until, hasFailed ? Job::nothing : () -> restoreDone(machine, isSentTooLate), hasFailed);
    }

    /** A server suspended by its provider stays suspended. */
    private static void restoreDone(Machine machine, boolean isSentTooLate) {
        var isSuspended = machine.isSuspended;
        machine.boot(isSentTooLate);
        machine.isSuspended = isSuspended;
    }

    @Override
    public void deleteSnapshot(String serverId, String snapshotId) {
        requestChange(
                "delete a copy",
                RequestOutcome.OF_DEED,
                now -> simulatedAddons.removeSnapshot(snapshotId, now.plus(deletionDelay())));
    }

    @Override
    public int addressesMax() {
        return 3;
    }

    @Override
    public List<Address> addresses(String serverId) {
        return inspect("addresses", () -> simulatedAddons.addressesOf(there(serverId), clock.instant()));
    }

    @Override
    public Address addAddress(String serverId) {
        return made(
                "address",
                appears -> simulatedAddons.address(
                        account,
                        there(serverId),
                        appears,
                        random().happens(500) ? appears : appears.plus(readyDelay())));
    }

    @Override
    public void releaseAddress(String serverId, String address) {
        requestChange(
                "release",
                RequestOutcome.OF_DEED,
                now -> simulatedServers.at(serverId, now).ifPresent(one -> simulatedAddons.release(one, address, now)));
    }

    private Duration listingDelay() {
        return random().happens(400) ? random().between(Duration.ZERO, Duration.ofSeconds(50)) : Duration.ZERO;
    }

    private Duration readyDelay() {
        return random().happens(7) ? FOR_EVER : random().between(Duration.ofSeconds(1), Duration.ofSeconds(50));
    }

    private Duration deletionDelay() {
        return random().between(Duration.ZERO, Duration.ofSeconds(90));
    }

    private boolean isSentTooLate() {
        return moments.pausedFor().compareTo(SENT_IN_TIME) > 0;
    }

    private Machine there(String id) {
        return simulatedServers
                .at(id, clock.instant())
                .orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "there is no server " + id));
    }

    /** Runs an operation that takes a while. */
    private ProviderTask done(String what, Function<Instant, Job> action) {
        return done(what, "add-on", RequestOutcome.OF_DEED, action);
    }

    private ProviderTask done(
            String what, String group, List<RequestOutcome.Odds> odds, Function<Instant, Job> action) {
        moments.between("provider " + what + ", before");
        letTimePass();
        var now = clock.instant();
        var requestOutcome = pickOutcome(group, odds);
        var providerTask = nextTask();
        jobs.put(
                providerTask.id(),
                requestOutcome.done == RequestOutcome.Done.YES ? action.apply(now) : Job.failed(now));
        moments.between("provider " + what + ", after");
        refuse(requestOutcome, what);
        return providerTask;
    }

    /** Runs an operation that takes effect immediately. */
    private void requestChange(String what, List<RequestOutcome.Odds> odds, Consumer<Instant> action) {
        moments.between("provider " + what + ", before");
        letTimePass();
        var requestOutcome = pickOutcome("add-on", odds);
        if (requestOutcome.done == RequestOutcome.Done.YES) {
            action.accept(clock.instant());
        }
        moments.between("provider " + what + ", after");
        refuse(requestOutcome, what);
    }

    /** Creates a resource, returned when it appears. */
    private <T> T made(String what, Function<Instant, T> making) {
        moments.between("provider " + what + ", before");
        letTimePass();
        var requestOutcome = pickOutcome("new add-on", RequestOutcome.OF_CREATION);
        var now = clock.instant();
        Optional<T> made = switch (requestOutcome.done) {
            case NO, HALF -> Optional.empty();
            case DUPLICATE -> {
                var unused = making.apply(now);
                yield Optional.of(making.apply(now));
            }
            default -> Optional.of(making.apply(appearanceOf(requestOutcome, now)));
        };
        moments.between("provider " + what + ", after");
        refuse(requestOutcome, what);
        return made.orElseThrow();
    }

    private <T> T inspect(String what, Supplier<T> question) {
        moments.between("provider " + what + ", before");
        letTimePass();
        var requestOutcome = pickOutcome("scan", RequestOutcome.OF_LOOK);
        refuse(requestOutcome, what);
        var answer = question.get();
        moments.between("provider " + what + ", after");
        return answer;
    }

    private RequestOutcome pickOutcome(String group, List<RequestOutcome.Odds> odds) {
        var requestOutcome = isReliable
                ? RequestOutcome.WELL
                : random().pickWeighted(odds, RequestOutcome.Odds::weight).requestOutcome();
        eventCounts.count("provider " + group, requestOutcome.name());
        return requestOutcome;
    }

    private void refuse(RequestOutcome requestOutcome, String what) {
        if (requestOutcome.answer == null) {
            return;
        }
        var wait = requestOutcome == RequestOutcome.RATE_LIMITED && random().happens(700)
                ? Optional.of(random().between(Duration.ofSeconds(5), Duration.ofMinutes(2)))
                : Optional.<Duration>empty();
        throw new ProviderFailure(requestOutcome.answer, what + ": " + requestOutcome, wait, null);
    }

    /** Takes longer than a moment, and sometimes as long as any caller waits. */
    private void letTimePass() {
        var span = Duration.ofMillis(20);
        if (!isReliable) {
            span = random().happens(40)
                    ? random().between(Duration.ofSeconds(5), Duration.ofSeconds(30))
                    : random().between(Duration.ofMillis(20), Duration.ofMillis(1_500));
        }
        clock.stopAt(clock.instant().plus(span));
        jobs.values().forEach(job -> job.apply(clock.instant()));
    }

    private SeededRandom random() {
        return chance.get();
    }
}
