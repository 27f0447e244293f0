package io.tenantry.provider.sandbox;

import io.tenantry.provider.Backups.Policy;
import io.tenantry.provider.Backups.Retention;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Snapshots.Snapshot;
import io.tenantry.provider.Task;
import io.tenantry.provider.sandbox.Machine.BackedUp;
import io.tenantry.provider.sandbox.Machine.Copy;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Copies of disks: those that were asked for, and those by the clock. The latter are made up from the clock when somebody looks; what is
 * put back from one is all that was not written since.
 */
final class Copies {
    /** What it keeps of copies by the clock. */
    static final List<Retention> POLICIES =
            List.of(new Retention(Optional.of(Policy.DAILY), 7, 7), new Retention(Optional.of(Policy.WEEKLY), 4, 28));

    private static final int COPIES_MAX = 10;
    private static final int SIZE_MIB = 1_700;
    private static final LocalTime BACKUP_AT = LocalTime.of(3, 0);
    private static final int DAYS_OF_WEEK = 7;
    private static final DayOfWeek BACKUP_ON = DayOfWeek.SUNDAY;
    private static final String BACKUP = "backup-";

    private final Machines machines;
    private final Contents contents;
    private final Fleet fleet;

    Copies(Machines machines, Contents contents, Fleet fleet) {
        this.machines = machines;
        this.contents = contents;
        this.fleet = fleet;
    }

    List<Snapshot> of(String account, String serverId) {
        var now = machines.now();
        return machines.need(account, serverId).copies().stream()
                .map(copy -> copy.shown(now))
                .toList();
    }

    Task make(String account, String serverId, String name) {
        var machine = machines.need(account, serverId);
        if (machine.copies().size() >= COPIES_MAX) {
            throw new ProviderFailure(Reason.LIMIT, "a server has " + COPIES_MAX + " snapshots");
        }
        var task =
                fleet.begin(account, serverId, Job.Kind.SNAPSHOT, machine.job().isOn(), Mishap.SNAPSHOT);
        if (!Mishap.SNAPSHOT.happensTo(machine.hostname())) {
            machines.change(account, serverId, one -> withCopy(one, machines.newId("snap-"), name));
        }
        return task;
    }

    /** Gone already is fine. */
    void delete(String account, String serverId, String copyId) {
        var machine = machines.find(account, serverId);
        if (machine.isEmpty()) {
            return;
        }
        machines.change(
                account,
                serverId,
                one -> one.withCopies(one.copies().stream()
                        .filter(copy -> !copy.id().equals(copyId))
                        .toList()));
        contents.removeCopy(serverId, copyId);
    }

    Task restore(String account, String serverId, String copyId) {
        var machine = machines.need(account, serverId);
        var copy = machine.copies().stream()
                .filter(one -> one.id().equals(copyId))
                .findFirst()
                .orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "there is no snapshot " + copyId));
        if (!copy.shown(machines.now()).ready()) {
            throw new ProviderFailure(Reason.BUSY, "the snapshot is being made");
        }
        var task =
                fleet.begin(account, serverId, Job.Kind.RESTORE, machine.job().isOn(), Mishap.RESTORE);
        if (!Mishap.RESTORE.happensTo(machine.hostname())) {
            contents.restore(serverId, copyId);
        }
        return task;
    }

    /** Whatever is on stays as it is. */
    void backUp(String account, String serverId, boolean on) {
        if (policy(account, serverId).isPresent() != on) {
            backUp(account, serverId, on ? Optional.of(Policy.DAILY) : Optional.empty());
        }
    }

    /** That often, or not at all. */
    void backUp(String account, String serverId, Optional<Policy> wanted) {
        machines.change(account, serverId, machine -> {
            if (machine.backedUp().map(BackedUp::policy).equals(wanted)) {
                return machine;
            }
            Mishap.BACKUP.refuse(machine, Reason.VENDOR, "its backups cannot be switched");
            var since = machine.backedUp().map(BackedUp::since).orElseGet(machines::now);
            return machine.with(wanted.map(policy -> new BackedUp(since, policy)));
        });
    }

    /** How often; empty if they are off. */
    Optional<Policy> policy(String account, String serverId) {
        return machines.need(account, serverId).backedUp().map(BackedUp::policy);
    }

    boolean isBackedUp(String account, String serverId) {
        return machines.need(account, serverId).backedUp().isPresent();
    }

    Set<String> backedUp(String account) {
        return machines.of(account).stream()
                .filter(machine -> machine.backedUp().isPresent())
                .map(Machine::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The latest first. */
    List<Snapshot> backups(String account, String serverId) {
        return machines.need(account, serverId)
                .backedUp()
                .map(backedUp -> backups(backedUp, machines.now()))
                .orElse(List.of());
    }

    private static List<Snapshot> backups(BackedUp backedUp, Instant now) {
        var isDaily = backedUp.policy() == Policy.DAILY;
        var today = now.atZone(ZoneOffset.UTC).toLocalDate();
        var latest = isDaily ? today : today.with(TemporalAdjusters.previousOrSame(BACKUP_ON));
        return Stream.iterate(latest, day -> day.minusDays(isDaily ? 1 : DAYS_OF_WEEK))
                .limit(kept(backedUp.policy()) + 1L)
                .map(day -> backup(day, backedUp.policy()))
                .filter(copy ->
                        copy.at().isAfter(backedUp.since()) && !copy.at().isAfter(now))
                .limit(kept(backedUp.policy()))
                .toList();
    }

    private static int kept(Policy policy) {
        return POLICIES.stream()
                .filter(one -> one.policy().equals(Optional.of(policy)))
                .mapToInt(Retention::copies)
                .sum();
    }

    private static Snapshot backup(LocalDate day, Policy policy) {
        var at = day.atTime(BACKUP_AT).toInstant(ZoneOffset.UTC);
        return new Snapshot(BACKUP + day, policy.word(), SIZE_MIB, true, at);
    }

    Task restoreBackup(String account, String serverId, String backupId) {
        var at = backups(account, serverId).stream()
                .filter(one -> one.id().equals(backupId))
                .findFirst()
                .map(Snapshot::at)
                .orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "there is no backup " + backupId));
        var machine = machines.need(account, serverId);
        var task =
                fleet.begin(account, serverId, Job.Kind.RESTORE, machine.job().isOn(), Mishap.RESTORE);
        if (!Mishap.RESTORE.happensTo(machine.hostname())) {
            goBack(serverId, at);
        }
        return task;
    }

    private void goBack(String serverId, Instant at) {
        contents.of(serverId).forgetSince(at);
        contents.keep(serverId);
    }

    private Machine withCopy(Machine machine, String id, String name) {
        var copies = new ArrayList<>(machine.copies());
        var readyAt = machine.job().until();
        var sizeMib = SIZE_MIB + Duration.between(machine.createdAt(), readyAt).toDays();
        copies.add(new Copy(id, name, sizeMib, machines.now(), readyAt));
        contents.copy(machine.id(), id);
        return machine.withCopies(copies);
    }
}
