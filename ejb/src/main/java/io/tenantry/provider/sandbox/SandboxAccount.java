package io.tenantry.provider.sandbox;

import io.tenantry.provider.Addresses;
import io.tenantry.provider.Backups;
import io.tenantry.provider.Catalogue;
import io.tenantry.provider.Isolating;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Metering;
import io.tenantry.provider.Metrics;
import io.tenantry.provider.Passwords;
import io.tenantry.provider.Power;
import io.tenantry.provider.Progress;
import io.tenantry.provider.Provider;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Rebuilding;
import io.tenantry.provider.Rescuing;
import io.tenantry.provider.Resizing;
import io.tenantry.provider.ReverseDns;
import io.tenantry.provider.Screen;
import io.tenantry.provider.Scripts;
import io.tenantry.provider.Server;
import io.tenantry.provider.Shell;
import io.tenantry.provider.Snapshots;
import io.tenantry.provider.SshKeys;
import io.tenantry.provider.Task;
import io.tenantry.provider.Volumes;
import io.tenantry.provider.Wish;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** One account with the sandbox. Each token is an account of its own. */
final class SandboxAccount
        implements Provider,
                Resizing,
                Rebuilding,
                Rescuing,
                Isolating,
                Snapshots,
                Backups,
                Volumes,
                Addresses,
                ReverseDns,
                Metering,
                Metrics,
                Passwords,
                SshKeys,
                Scripts,
                Screen,
                Shell {
    private static final int NAME_LENGTH = 16;

    private final Sandbox sandbox;
    private final String account;
    private final boolean isRefused;

    SandboxAccount(Sandbox sandbox, String token) {
        this.sandbox = sandbox;
        account = HexFormat.of().formatHex(Machines.digest(token)).substring(0, NAME_LENGTH);
        isRefused = token.isBlank() || token.contains(Mishap.TOKEN_REFUSED);
    }

    @Override
    public String check() {
        return let(() -> "sandbox " + account);
    }

    @Override
    public Catalogue catalogue() {
        return let(() -> Goods.CATALOGUE);
    }

    @Override
    public List<Server> servers() {
        var now = sandbox.machines().now();
        return let(() -> sandbox.machines().of(account).stream()
                .map(machine -> machine.shown(now))
                .toList());
    }

    @Override
    public Optional<Server> server(String id) {
        var now = sandbox.machines().now();
        return let(() -> sandbox.machines().find(account, id).map(machine -> machine.shown(now)));
    }

    @Override
    public List<Server> marked(Mark mark) {
        return servers().stream()
                .filter(server -> server.mark().equals(Optional.of(mark)))
                .toList();
    }

    @Override
    public Server create(Wish wish) {
        return let(() -> sandbox.fleet().create(account, wish));
    }

    @Override
    public Task power(String id, Power power) {
        return let(() -> sandbox.fleet().power(account, id, power));
    }

    @Override
    public void delete(String id) {
        let(() -> {
            sandbox.delete(account, id);
            return id;
        });
    }

    @Override
    public Progress progress(Task task) {
        return let(() -> {
            if (task.equals(Task.NOTHING)) {
                return Progress.done();
            }
            return task.id().startsWith(Blocks.TASK)
                    ? sandbox.blocks().progress(account, task.id().substring(Blocks.TASK.length()))
                    : sandbox.fleet().progress(account, task);
        });
    }

    @Override
    public Task resize(String id, String size) {
        return let(() -> sandbox.fleet().resize(account, id, size));
    }

    @Override
    public Task rebuild(String id, Wish wish) {
        return let(() -> sandbox.fleet().rebuild(account, id, wish));
    }

    @Override
    public Keeping keeping() {
        return Keeping.WITH_SERVER;
    }

    @Override
    public List<Snapshot> snapshots(String serverId) {
        return let(() -> sandbox.copies().of(account, serverId));
    }

    @Override
    public Task snapshot(String serverId, String name) {
        return let(() -> sandbox.copies().make(account, serverId, name));
    }

    @Override
    public Task restore(String serverId, String snapshotId) {
        return let(() -> sandbox.copies().restore(account, serverId, snapshotId));
    }

    @Override
    public void deleteSnapshot(String serverId, String snapshotId) {
        let(() -> {
            sandbox.copies().delete(account, serverId, snapshotId);
            return snapshotId;
        });
    }

    @Override
    public List<Retention> policies() {
        return Copies.POLICIES;
    }

    @Override
    public Optional<Policy> policy(String serverId) {
        return let(() -> sandbox.copies().policy(account, serverId));
    }

    @Override
    public void backUp(String serverId, Policy policy) {
        let(() -> {
            sandbox.copies().backUp(account, serverId, Optional.of(policy));
            return serverId;
        });
    }

    @Override
    public void backUp(String serverId, boolean on) {
        let(() -> {
            sandbox.copies().backUp(account, serverId, on);
            return serverId;
        });
    }

    @Override
    public boolean isBackedUp(String serverId) {
        return let(() -> sandbox.copies().isBackedUp(account, serverId));
    }

    @Override
    public Set<String> backedUp() {
        return let(() -> sandbox.copies().backedUp(account));
    }

    @Override
    public List<Snapshot> backups(String serverId) {
        return let(() -> sandbox.copies().backups(account, serverId));
    }

    @Override
    public Task restoreBackup(String serverId, String backupId) {
        return let(() -> sandbox.copies().restoreBackup(account, serverId, backupId));
    }

    @Override
    public List<Volume> volumes() {
        return let(() -> sandbox.blocks().of(account));
    }

    @Override
    public Volume createVolume(Mark mark, String region, int sizeGib) {
        return let(() -> sandbox.blocks().create(account, mark, region, sizeGib));
    }

    @Override
    public Task attach(String volumeId, String serverId) {
        return let(() -> sandbox.blocks().attach(account, volumeId, serverId));
    }

    @Override
    public Task detach(String volumeId) {
        return let(() -> sandbox.blocks().detach(account, volumeId));
    }

    @Override
    public Task grow(String volumeId, int sizeGib) {
        return let(() -> sandbox.blocks().grow(account, volumeId, sizeGib));
    }

    @Override
    public void deleteVolume(String volumeId) {
        let(() -> {
            sandbox.blocks().delete(account, volumeId);
            return volumeId;
        });
    }

    @Override
    public int addressesMax() {
        return Extras.ADDRESSES_MAX;
    }

    @Override
    public List<Address> addresses(String serverId) {
        return let(() -> sandbox.extras().of(account, serverId));
    }

    @Override
    public Address addAddress(String serverId) {
        return let(() -> sandbox.extras().add(account, serverId));
    }

    @Override
    public void releaseAddress(String serverId, String address) {
        let(() -> {
            sandbox.extras().release(account, serverId, address);
            return address;
        });
    }

    @Override
    public void name(String serverId, String address, String hostname) {
        let(() -> {
            sandbox.fleet().name(account, serverId, address, hostname);
            return serverId;
        });
    }

    @Override
    public List<Traffic> traffic(String serverId, Instant now) {
        return let(() -> Meter.read(sandbox.machines().need(account, serverId), now));
    }

    @Override
    public List<Series> measured(String serverId, Instant now, Duration back) {
        return let(() -> Gauge.read(sandbox.machines().need(account, serverId), now, back));
    }

    @Override
    public Reset resetPassword(String serverId) {
        return let(() -> sandbox.fleet().resetPassword(account, serverId));
    }

    @Override
    public List<Key> keys() {
        return let(() -> sandbox.keyring().of(account));
    }

    @Override
    public Key addKey(String name, String publicKey) {
        return let(() -> sandbox.keyring().add(account, name, publicKey));
    }

    @Override
    public void deleteKey(String id) {
        let(() -> {
            sandbox.keyring().remove(account, id);
            return id;
        });
    }

    @Override
    public Task rescue(String serverId, List<String> publicKeys) {
        return let(() -> sandbox.fleet().rescue(account, serverId, publicKeys));
    }

    @Override
    public Task leaveRescue(String serverId) {
        return let(() -> sandbox.fleet().leaveRescue(account, serverId));
    }

    @Override
    public Optional<Boolean> isRescued(String serverId) {
        return let(() -> Optional.of(
                sandbox.machines().need(account, serverId).door().rescue().isPresent()));
    }

    @Override
    public Task cutOff(String serverId) {
        return let(() -> sandbox.isolate(account, serverId, true));
    }

    @Override
    public Task reconnect(String serverId) {
        return let(() -> sandbox.isolate(account, serverId, false));
    }

    @Override
    public Reach reach(String serverId) {
        return let(() -> sandbox.machines().need(account, serverId).door().isCutOff() ? Reach.CUT : Reach.OPEN);
    }

    @Override
    public List<Script> scripts() {
        return let(() -> Recipe.ALL.stream().map(Recipe::script).toList());
    }

    @Override
    public Endpoint shell(String serverId) {
        return let(() -> sandbox.open(sandbox.machines().need(account, serverId)));
    }

    @Override
    public Vnc open(String serverId) {
        return let(() -> sandbox.show(sandbox.machines().need(account, serverId)));
    }

    @Override
    public void close(String serverId) {
        let(() -> {
            sandbox.machines().find(account, serverId).ifPresent(sandbox::hide);
            return serverId;
        });
    }

    /** Lets only in who may. What cannot be written down fails as the vendor's own fault. */
    private <T> T let(Supplier<T> what) {
        if (isRefused) {
            throw new ProviderFailure(Reason.CREDENTIALS, "the token is refused");
        }
        try {
            return what.get();
        } catch (UncheckedIOException broken) {
            throw new ProviderFailure(
                    Reason.VENDOR, "the sandbox cannot keep it: " + broken.getMessage(), Optional.empty(), broken);
        }
    }
}
