package io.tenantry.provider.sandbox;

import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Snapshots.Snapshot;
import io.tenantry.provider.Task;
import io.tenantry.provider.sandbox.Machine.Copy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Copies of disks: those that were asked for, and those by the clock. The latter are made up from the clock when somebody looks; what is
 * put back from one is all that was not written since.
 */
final class Copies {
    private static final int COPIES_MAX = 10;
    private static final int BACKUPS_MAX = 4;
    private static final int SIZE_MIB = 1_700;
    private static final LocalTime BACKUP_AT = LocalTime.of(3, 0);
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

    void backUp(String account, String serverId, boolean on) {
        machines.change(account, serverId, machine -> {
            if (machine.backupsSince().isPresent() == on) {
                return machine;
            }
            Mishap.BACKUP.refuse(machine, Reason.VENDOR, "its backups cannot be switched");
            return machine.withBackups(on ? Optional.of(machines.now()) : Optional.empty());
        });
    }

    /** The latest first. */
    List<Snapshot> backups(String account, String serverId) {
        var since = machines.need(account, serverId).backupsSince();
        var all = new ArrayList<Snapshot>();
        if (since.isPresent()) {
            var day = machines.now().atZone(ZoneOffset.UTC).toLocalDate();
            for (var i = 0; i <= BACKUPS_MAX && all.size() < BACKUPS_MAX; i++) {
                var at = day.minusDays(i).atTime(BACKUP_AT).toInstant(ZoneOffset.UTC);
                if (at.isAfter(since.get()) && !at.isAfter(machines.now())) {
                    all.add(new Snapshot(BACKUP + day.minusDays(i), "daily", SIZE_MIB, true, at));
                }
            }
        }
        return all;
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
