package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.AdditionalAddresses;
import io.tenantry.cloud.provider.Backups;
import io.tenantry.cloud.provider.Metrics;
import io.tenantry.cloud.provider.NetworkIsolation;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderScripts;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderSshKeys;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.RescueMode;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ReverseDns;
import io.tenantry.cloud.provider.RootPasswordReset;
import io.tenantry.cloud.provider.ServerRebuild;
import io.tenantry.cloud.provider.ServerResize;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.cloud.provider.Snapshots;
import io.tenantry.cloud.provider.SshEndpointLookup;
import io.tenantry.cloud.provider.TransferMetering;
import io.tenantry.cloud.provider.VncConsole;
import io.tenantry.cloud.provider.Volumes;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** An account with the sandbox. Each token is a separate account. */
final class SandboxClient
        implements ProviderClient,
                ServerResize,
                ServerRebuild,
                RescueMode,
                NetworkIsolation,
                Snapshots,
                Backups,
                Volumes,
                AdditionalAddresses,
                ReverseDns,
                TransferMetering,
                Metrics,
                RootPasswordReset,
                ProviderSshKeys,
                ProviderScripts,
                VncConsole,
                SshEndpointLookup {
    private static final int NAME_LENGTH = 16;

    private final Sandbox sandbox;
    private final String account;
    private final boolean isRefused;

    SandboxClient(Sandbox sandbox, String token) {
        this.sandbox = sandbox;
        account = HexFormat.of().formatHex(SandboxServerStore.digest(token)).substring(0, NAME_LENGTH);
        isRefused = token.isBlank() || token.contains(FaultInjection.TOKEN_REFUSED);
    }

    @Override
    public String check() {
        return let(() -> "sandbox " + account);
    }

    @Override
    public ProviderCatalog readCatalog() {
        return let(() -> SandboxCatalog.CATALOGUE);
    }

    @Override
    public List<ProviderServer> servers() {
        var now = sandbox.machines().now();
        return let(() -> sandbox.machines().of(account).stream()
                .map(sandboxServer -> sandboxServer.shown(now))
                .toList());
    }

    @Override
    public Optional<ProviderServer> server(String id) {
        var now = sandbox.machines().now();
        return let(() -> sandbox.machines().find(account, id).map(sandboxServer -> sandboxServer.shown(now)));
    }

    @Override
    public List<ProviderServer> marked(ResourceTag resourceTag) {
        return servers().stream()
                .filter(providerServer -> providerServer.mark().equals(Optional.of(resourceTag)))
                .toList();
    }

    @Override
    public ProviderServer create(ServerSpec serverSpec) {
        return let(() -> sandbox.fleet().create(account, serverSpec));
    }

    @Override
    public ProviderTask power(String id, PowerAction powerAction) {
        return let(() -> sandbox.fleet().power(account, id, powerAction));
    }

    @Override
    public void delete(String id) {
        let(() -> {
            sandbox.delete(account, id);
            return id;
        });
    }

    @Override
    public Progress progress(ProviderTask providerTask) {
        return let(() -> {
            if (providerTask.equals(ProviderTask.NOTHING)) {
                return Progress.done();
            }
            return providerTask.id().startsWith(SandboxVolumes.TASK)
                    ? sandbox.blocks().progress(account, providerTask.id().substring(SandboxVolumes.TASK.length()))
                    : sandbox.fleet().progress(account, providerTask);
        });
    }

    @Override
    public ProviderTask resize(String id, String size) {
        return let(() -> sandbox.fleet().resize(account, id, size));
    }

    @Override
    public ProviderTask rebuild(String id, ServerSpec serverSpec) {
        return let(() -> sandbox.fleet().rebuild(account, id, serverSpec));
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
    public ProviderTask snapshot(String serverId, String name) {
        return let(() -> sandbox.copies().make(account, serverId, name));
    }

    @Override
    public ProviderTask restore(String serverId, String snapshotId) {
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
        return SandboxBackups.POLICIES;
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
    public ProviderTask restoreBackup(String serverId, String backupId) {
        return let(() -> sandbox.copies().restoreBackup(account, serverId, backupId));
    }

    @Override
    public List<Volume> volumes() {
        return let(() -> sandbox.blocks().of(account));
    }

    @Override
    public Volume createVolume(ResourceTag resourceTag, String region, int sizeGib) {
        return let(() -> sandbox.blocks().create(account, resourceTag, region, sizeGib));
    }

    @Override
    public ProviderTask attach(String volumeId, String serverId) {
        return let(() -> sandbox.blocks().attach(account, volumeId, serverId));
    }

    @Override
    public ProviderTask detach(String volumeId) {
        return let(() -> sandbox.blocks().detach(account, volumeId));
    }

    @Override
    public ProviderTask grow(String volumeId, int sizeGib) {
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
        return SandboxAddresses.ADDRESSES_MAX;
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
        return let(() -> SandboxTransfer.read(sandbox.machines().need(account, serverId), now));
    }

    @Override
    public List<Series> measured(String serverId, Instant now, Duration back) {
        return let(() -> SandboxMetrics.read(sandbox.machines().need(account, serverId), now, back));
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
    public ProviderTask rescue(String serverId, List<String> publicKeys) {
        return let(() -> sandbox.fleet().rescue(account, serverId, publicKeys));
    }

    @Override
    public ProviderTask leaveRescue(String serverId) {
        return let(() -> sandbox.fleet().leaveRescue(account, serverId));
    }

    @Override
    public Optional<Boolean> isRescued(String serverId) {
        return let(() -> Optional.of(
                sandbox.machines().need(account, serverId).accessData().rescue().isPresent()));
    }

    @Override
    public ProviderTask cutOff(String serverId) {
        return let(() -> sandbox.isolate(account, serverId, true));
    }

    @Override
    public ProviderTask reconnect(String serverId) {
        return let(() -> sandbox.isolate(account, serverId, false));
    }

    @Override
    public Reachability reach(String serverId) {
        return let(() -> sandbox.machines().need(account, serverId).accessData().isCutOff()
                ? Reachability.ISOLATED
                : Reachability.CONNECTED);
    }

    @Override
    public List<Script> scripts() {
        return let(() -> StartupScriptEffect.ALL.stream()
                .map(StartupScriptEffect::script)
                .toList());
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

    /** Checks the token. State that cannot be stored is reported as a failure of the provider. */
    private <T> T let(Supplier<T> what) {
        if (isRefused) {
            throw new ProviderFailure(Reason.CREDENTIALS, "the token is refused");
        }
        try {
            return what.get();
        } catch (UncheckedIOException broken) {
            throw new ProviderFailure(
                    Reason.PROVIDER_ERROR,
                    "the sandbox cannot store it: " + broken.getMessage(),
                    Optional.empty(),
                    broken);
        }
    }
}
