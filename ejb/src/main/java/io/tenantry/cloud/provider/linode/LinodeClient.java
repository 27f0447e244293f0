package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.AdditionalAddresses;
import io.tenantry.cloud.provider.Backups;
import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.Metrics;
import io.tenantry.cloud.provider.NetworkIsolation;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderScripts;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderSshKeys;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ReverseDns;
import io.tenantry.cloud.provider.RootPasswordReset;
import io.tenantry.cloud.provider.ServerRebuild;
import io.tenantry.cloud.provider.ServerResize;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.cloud.provider.Snapshots;
import io.tenantry.cloud.provider.TransferMetering;
import io.tenantry.cloud.provider.Volumes;
import jakarta.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An account with Linode: everything a provider can do except showing a screen, which Linode supports in its own panel only. */
final class LinodeClient
        implements ProviderClient,
                ServerResize,
                ServerRebuild,
                Snapshots,
                Backups,
                Volumes,
                AdditionalAddresses,
                ReverseDns,
                NetworkIsolation,
                TransferMetering,
                Metrics,
                RootPasswordReset,
                ProviderSshKeys,
                ProviderScripts {
    private final ProviderHttp api;
    private final LinodeCatalog linodeCatalog;
    private final Instances instances;
    private final Events events;
    private final LinodeTasks linodeTasks;
    private final LinodeBackups linodeBackups;
    private final LinodeVolumes linodeVolumes;
    private final Ips ips;
    private final Transfers transfers;
    private final LinodeMetrics linodeMetrics;
    private final LinodeSshKeys linodeSshKeys;
    private final StackScripts stackScripts;
    private final IsolationFirewall isolationFirewall;

    LinodeClient(ProviderHttp api, Clock clock) {
        this.api = api;
        linodeCatalog = new LinodeCatalog(api, clock);
        instances = new Instances(api);
        events = new Events(api);
        linodeTasks = new LinodeTasks(api, instances, events);
        linodeBackups = new LinodeBackups(api, events);
        linodeVolumes = new LinodeVolumes(api, events);
        ips = new Ips(api);
        transfers = new Transfers(api, instances);
        linodeMetrics = new LinodeMetrics(api);
        linodeSshKeys = new LinodeSshKeys(api);
        stackScripts = new StackScripts(api);
        isolationFirewall = new IsolationFirewall(api);
    }

    @Override
    public String check() {
        var profile = new JsonFields(api.get("/profile"));
        return profile.text("username")
                + profile.maybeText("email")
                        .map(address -> " <" + address + ">")
                        .orElse("");
    }

    @Override
    public ProviderCatalog readCatalog() {
        return linodeCatalog.readCatalog();
    }

    @Override
    public List<ProviderServer> servers() {
        return instances.all();
    }

    @Override
    public Optional<ProviderServer> server(String id) {
        return instances.one(id);
    }

    @Override
    public List<ProviderServer> marked(ResourceTag resourceTag) {
        return instances.marked(resourceTag);
    }

    @Override
    public ProviderServer create(ServerSpec serverSpec) {
        return instances.create(serverSpec);
    }

    @Override
    public ProviderTask power(String id, PowerAction powerAction) {
        return linodeTasks.power(id, powerAction);
    }

    @Override
    public void delete(String id) {
        instances.delete(id);
    }

    @Override
    public Progress progress(ProviderTask providerTask) {
        var linodeTask = LinodeTask.read(providerTask);
        if (linodeTask instanceof LinodeTask.Event event) {
            return events.progress(event);
        }
        return linodeTask instanceof LinodeTask.Copy copy ? linodeBackups.progress(copy) : Progress.done();
    }

    @Override
    public ProviderTask resize(String id, String size) {
        return linodeTasks.resize(id, size);
    }

    @Override
    public ProviderTask rebuild(String id, ServerSpec serverSpec) {
        return linodeTasks.rebuild(id, serverSpec);
    }

    @Override
    public Reset resetPassword(String serverId) {
        return linodeTasks.resetPassword(serverId);
    }

    @Override
    public ProviderTask cutOff(String serverId) {
        isolationFirewall.cutOff(serverId);
        return new LinodeTask.Nothing().task();
    }

    @Override
    public ProviderTask reconnect(String serverId) {
        isolationFirewall.reconnect(serverId);
        return new LinodeTask.Nothing().task();
    }

    @Override
    public Reachability reach(String serverId) {
        return isolationFirewall.reach(serverId);
    }

    @Override
    public Keeping keeping() {
        return Keeping.WITH_BACKUPS;
    }

    @Override
    public List<Snapshot> snapshots(String serverId) {
        return linodeBackups.asked(serverId);
    }

    @Override
    public ProviderTask snapshot(String serverId, String name) {
        return linodeBackups.take(serverId, name);
    }

    @Override
    public ProviderTask restore(String serverId, String snapshotId) {
        return linodeBackups.restore(serverId, snapshotId);
    }

    /** Linode cannot delete snapshots: one is gone with the next one, or with the server's backups. */
    @Override
    public void deleteSnapshot(String serverId, String snapshotId) {}

    /** One per day, one of this week and one of the week before; there is no choice. */
    @Override
    public List<Retention> policies() {
        return List.of(new Retention(Optional.empty(), 3, 14));
    }

    @Override
    public void backUp(String serverId, boolean on) {
        linodeBackups.switchOn(serverId, on);
    }

    @Override
    public boolean isBackedUp(String serverId) {
        return linodeBackups.isOn(serverId);
    }

    @Override
    public Set<String> backedUp() {
        return linodeBackups.on();
    }

    @Override
    public List<Snapshot> backups(String serverId) {
        return linodeBackups.byTheClock(serverId);
    }

    @Override
    public ProviderTask restoreBackup(String serverId, String backupId) {
        return linodeBackups.restore(serverId, backupId);
    }

    @Override
    public List<Volume> volumes() {
        return linodeVolumes.all();
    }

    @Override
    public Volume createVolume(ResourceTag resourceTag, String region, int sizeGib) {
        return linodeVolumes.create(resourceTag, region, sizeGib);
    }

    @Override
    public ProviderTask attach(String volumeId, String serverId) {
        return linodeVolumes.attach(volumeId, serverId);
    }

    @Override
    public ProviderTask detach(String volumeId) {
        return linodeVolumes.detach(volumeId);
    }

    @Override
    public ProviderTask grow(String volumeId, int sizeGib) {
        return linodeVolumes.grow(volumeId, sizeGib);
    }

    @Override
    public void deleteVolume(String volumeId) {
        linodeVolumes.delete(volumeId);
    }

    @Override
    public int addressesMax() {
        return Ips.ADDRESSES_MAX;
    }

    @Override
    public List<Address> addresses(String serverId) {
        return ips.of(serverId);
    }

    @Override
    public Address addAddress(String serverId) {
        return ips.add(serverId);
    }

    @Override
    public void releaseAddress(String serverId, String address) {
        ips.release(serverId, address);
    }

    @Override
    public void name(String serverId, String address, String hostname) {
        var name = Json.createObjectBuilder();
        if (hostname.isEmpty()) {
            name.addNull("rdns");
        } else {
            name.add("rdns", hostname);
        }
        api.put(LinodeIds.server(serverId) + "/ips/" + ProviderHttp.encode(address), name.build());
    }

    @Override
    public List<Traffic> traffic(String serverId, Instant now) {
        return transfers.of(serverId, now);
    }

    @Override
    public List<Series> measured(String serverId, Instant now, Duration back) {
        return linodeMetrics.of(serverId, now, back);
    }

    @Override
    public List<Key> keys() {
        return linodeSshKeys.all();
    }

    @Override
    public Key addKey(String name, String publicKey) {
        return linodeSshKeys.add(name, publicKey);
    }

    @Override
    public void deleteKey(String id) {
        linodeSshKeys.delete(id);
    }

    @Override
    public List<Script> scripts() {
        return stackScripts.mine();
    }
}
