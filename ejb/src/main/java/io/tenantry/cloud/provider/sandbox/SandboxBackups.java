package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provider.Backups.Retention;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.Snapshots.Snapshot;
import io.tenantry.cloud.provider.sandbox.SandboxServer.BackedUp;
import io.tenantry.cloud.provider.sandbox.SandboxServer.Copy;
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

/** Snapshots and backups of disks. Backups are derived from the clock on demand; restoring one discards what was written since. */
final class SandboxBackups {
    /** The retention of backups. */
    static final List<Retention> POLICIES =
            List.of(new Retention(Optional.of(Policy.DAILY), 7, 7), new Retention(Optional.of(Policy.WEEKLY), 4, 28));

    private static final int COPIES_MAX = 10;
    private static final int SIZE_MIB = 1_700;
    private static final LocalTime BACKUP_AT = LocalTime.of(3, 0);
    private static final int DAYS_OF_WEEK = 7;
    private static final DayOfWeek BACKUP_ON = DayOfWeek.SUNDAY;
    private static final String BACKUP = "backup-";

    private final SandboxServerStore sandboxServerStore;
    private final DiskContents diskContents;
    private final ServerOperations serverOperations;

    SandboxBackups(
            SandboxServerStore sandboxServerStore, DiskContents diskContents, ServerOperations serverOperations) {
        this.sandboxServerStore = sandboxServerStore;
        this.diskContents = diskContents;
        this.serverOperations = serverOperations;
    }

    List<Snapshot> of(String account, String serverId) {
        var now = sandboxServerStore.now();
        return sandboxServerStore.need(account, serverId).copies().stream()
                .map(copy -> copy.shown(now))
                .toList();
    }

    ProviderTask make(String account, String serverId, String name) {
        var sandboxServer = sandboxServerStore.need(account, serverId);
        if (sandboxServer.copies().size() >= COPIES_MAX) {
            throw new ProviderFailure(Reason.LIMIT, "a server has " + COPIES_MAX + " snapshots");
        }
        var providerTask = serverOperations.begin(
                account,
                serverId,
                SandboxJob.Kind.SNAPSHOT,
                sandboxServer.sandboxJob().isOn(),
                FaultInjection.SNAPSHOT);
        if (!FaultInjection.SNAPSHOT.happensTo(sandboxServer.hostname())) {
            sandboxServerStore.change(account, serverId, one -> withCopy(one, sandboxServerStore.newId("snap-"), name));
        }
        return providerTask;
    }

    /** Idempotent. */
    void delete(String account, String serverId, String copyId) {
        var machine = sandboxServerStore.find(account, serverId);
        if (machine.isEmpty()) {
            return;
        }
        sandboxServerStore.change(
                account,
                serverId,
                one -> one.withCopies(one.copies().stream()
                        .filter(copy -> !copy.id().equals(copyId))
                        .toList()));
        diskContents.removeCopy(serverId, copyId);
    }

    ProviderTask restore(String account, String serverId, String copyId) {
        var sandboxServer = sandboxServerStore.need(account, serverId);
        var copy = sandboxServer.copies().stream()
                .filter(one -> one.id().equals(copyId))
                .findFirst()
                .orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "there is no snapshot " + copyId));
        if (!copy.shown(sandboxServerStore.now()).ready()) {
            throw new ProviderFailure(Reason.BUSY, "the snapshot is being made");
        }
        var providerTask = serverOperations.begin(
                account,
                serverId,
                SandboxJob.Kind.RESTORE,
                sandboxServer.sandboxJob().isOn(),
                FaultInjection.RESTORE);
        if (!FaultInjection.RESTORE.happensTo(sandboxServer.hostname())) {
            diskContents.restore(serverId, copyId);
        }
        return providerTask;
    }

    /** Backups that are on stay unchanged. */
    void backUp(String account, String serverId, boolean on) {
        if (policy(account, serverId).isPresent() != on) {
            backUp(account, serverId, on ? Optional.of(Policy.DAILY) : Optional.empty());
        }
    }

    /** Sets the frequency; empty switches backups off. */
    void backUp(String account, String serverId, Optional<Policy> wanted) {
        sandboxServerStore.change(account, serverId, sandboxServer -> {
            if (sandboxServer.backedUp().map(BackedUp::policy).equals(wanted)) {
                return sandboxServer;
            }
            FaultInjection.BACKUP.refuse(sandboxServer, Reason.PROVIDER_ERROR, "its backups cannot be switched");
            var since = sandboxServer.backedUp().map(BackedUp::since).orElseGet(sandboxServerStore::now);
            return sandboxServer.with(wanted.map(policy -> new BackedUp(since, policy)));
        });
    }

    /** Returns the frequency; empty if backups are off. */
    Optional<Policy> policy(String account, String serverId) {
        return sandboxServerStore.need(account, serverId).backedUp().map(BackedUp::policy);
    }

    boolean isBackedUp(String account, String serverId) {
        return sandboxServerStore.need(account, serverId).backedUp().isPresent();
    }

    Set<String> backedUp(String account) {
        return sandboxServerStore.of(account).stream()
                .filter(sandboxServer -> sandboxServer.backedUp().isPresent())
                .map(SandboxServer::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the backups, the latest first. */
    List<Snapshot> backups(String account, String serverId) {
        return sandboxServerStore
                .need(account, serverId)
                .backedUp()
                .map(backedUp -> backups(backedUp, sandboxServerStore.now()))
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

    ProviderTask restoreBackup(String account, String serverId, String backupId) {
        var at = backups(account, serverId).stream()
                .filter(one -> one.id().equals(backupId))
                .findFirst()
                .map(Snapshot::at)
                .orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "there is no backup " + backupId));
        var sandboxServer = sandboxServerStore.need(account, serverId);
        var providerTask = serverOperations.begin(
                account,
                serverId,
                SandboxJob.Kind.RESTORE,
                sandboxServer.sandboxJob().isOn(),
                FaultInjection.RESTORE);
        if (!FaultInjection.RESTORE.happensTo(sandboxServer.hostname())) {
            goBack(serverId, at);
        }
        return providerTask;
    }

    private void goBack(String serverId, Instant at) {
        diskContents.of(serverId).forgetSince(at);
        diskContents.keep(serverId);
    }

    private SandboxServer withCopy(SandboxServer sandboxServer, String id, String name) {
        var copies = new ArrayList<>(sandboxServer.copies());
        var readyAt = sandboxServer.sandboxJob().until();
        var sizeMib =
                SIZE_MIB + Duration.between(sandboxServer.createdAt(), readyAt).toDays();
        copies.add(new Copy(id, name, sizeMib, sandboxServerStore.now(), readyAt));
        diskContents.copy(sandboxServer.id(), id);
        return sandboxServer.withCopies(copies);
    }
}
