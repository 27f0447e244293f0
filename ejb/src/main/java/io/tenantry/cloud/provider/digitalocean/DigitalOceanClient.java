package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.ActionBasedClient;
import io.tenantry.cloud.provider.AdditionalAddresses;
import io.tenantry.cloud.provider.Backups;
import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.Metrics;
import io.tenantry.cloud.provider.NetworkIsolation;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderSshKeys;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceCollection;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ReverseDns;
import io.tenantry.cloud.provider.RootPasswordReset;
import io.tenantry.cloud.provider.ServerRebuild;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.cloud.provider.Snapshots;
import io.tenantry.cloud.provider.TransferMetering;
import io.tenantry.cloud.provider.Volumes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An account with DigitalOcean. The script of a specification is the droplet's user data itself: a shell script or cloud-config. DigitalOcean
 * has no scripts of its own, and shows no screens.
 */
final class DigitalOceanClient extends ActionBasedClient
        implements ServerRebuild,
                Snapshots,
                Backups,
                Volumes,
                AdditionalAddresses,
                ReverseDns,
                NetworkIsolation,
                TransferMetering,
                Metrics,
                RootPasswordReset,
                ProviderSshKeys {
    private final ProviderHttp api;
    private final Actions actions;
    private final DigitalOceanSshKeys digitalOceanSshKeys;
    private final Droplets droplets;
    private final DigitalOceanCatalog digitalOceanCatalog;
    private final DropletImages dropletImages;
    private final BackupPolicies backupPolicies;
    private final DigitalOceanVolumes digitalOceanVolumes;
    private final ReservedIps reservedIps;
    private final Bandwidth bandwidth;
    private final DropletMetrics dropletMetrics;
    private final IsolationFirewall isolationFirewall;

    DigitalOceanClient(ProviderHttp api, Clock clock) {
        super(
                new ResourceCollection(api, new DigitalOceanPaging(api), "/v2/droplets", "droplets", "droplet"),
                Resize.WORDS,
                clock);
        this.api = api;
        var digitalOceanPaging = new DigitalOceanPaging(api);
        actions = new Actions(api);
        digitalOceanSshKeys = new DigitalOceanSshKeys(api, digitalOceanPaging);
        droplets = new Droplets(api, digitalOceanPaging, digitalOceanSshKeys);
        digitalOceanCatalog = new DigitalOceanCatalog(digitalOceanPaging);
        dropletImages = new DropletImages(api, digitalOceanPaging, actions);
        backupPolicies = new BackupPolicies(api, actions);
        digitalOceanVolumes = new DigitalOceanVolumes(api, digitalOceanPaging, actions);
        reservedIps = new ReservedIps(
                new ResourceCollection(api, digitalOceanPaging, "/v2/reserved_ips", "reserved_ips", "reserved_ip"));
        bandwidth = new Bandwidth(api);
        dropletMetrics = new DropletMetrics(api, bandwidth);
        isolationFirewall = new IsolationFirewall(api, digitalOceanPaging, droplets);
    }

    @Override
    public String check() {
        var account = new JsonFields(api.get("/v2/account")).in("account");
        var team = account.maybeIn("team").flatMap(one -> one.maybeText("name")).map(name -> ", team " + name);
        var status = account.text("status");
        return account.text("email") + team.orElse("") + (status.equals("active") ? "" : " (" + status + ")");
    }

    @Override
    public ProviderCatalog readCatalog() {
        return digitalOceanCatalog.readCatalog();
    }

    @Override
    public Optional<ProviderServer> server(String id) {
        return droplets.find(id).map(Droplets::server);
    }

    @Override
    public List<ProviderServer> marked(ResourceTag resourceTag) {
        return droplets.marked(resourceTag);
    }

    @Override
    public ProviderServer create(ServerSpec serverSpec) {
        return droplets.create(serverSpec);
    }

    /** A shutdown action is complete once the system was asked; whether it complied is shown by the server's state. */
    @Override
    public ProviderTask power(String id, PowerAction powerAction) {
        try {
            return actions.droplet(id, word(powerAction));
        } catch (ProviderFailure refused) {
            var maybeSo = refused.reason() == Reason.BUSY || refused.reason() == Reason.INVALID;
            if (maybeSo && server(id).filter(one -> powerAction.is(one.state())).isPresent()) {
                return ProviderTask.NOTHING;
            }
            throw refused;
        }
    }

    @Override
    public void delete(String id) {
        droplets.delete(id);
    }

    @Override
    protected ProviderServer toServer(JsonFields droplet) {
        return Droplets.server(droplet);
    }

    @Override
    protected Progress reached(JsonFields action) {
        return Actions.reached(action);
    }

    @Override
    protected Progress follow(ProviderTask providerTask) {
        return actions.progress(providerTask);
    }

    @Override
    protected void judge(JsonFields droplet, String size) {
        Resize.judge(digitalOceanCatalog.sizes(), droplet, size);
    }

    @Override
    public long turn(String id, PowerAction powerAction) {
        return actions.begin(id, Actions.of(word(powerAction)).build());
    }

    @Override
    public long change(String id, String size) {
        return actions.begin(id, Resize.order(size));
    }

    /**
     * DigitalOcean accepts only an image; a specification with other keys or another script than the original one is refused instead of being
     * applied partially.
     */
    @Override
    public ProviderTask rebuild(String id, ServerSpec serverSpec) {
        if (!droplets.get(id).texts("tags").contains(UserData.of(serverSpec).tag())) {
            throw new ProviderFailure(Reason.INVALID, "a rebuild cannot change the SSH keys or the script");
        }
        return actions.droplet(
                id,
                Actions.of("rebuild")
                        .add("image", Droplets.image(serverSpec.image()))
                        .build());
    }

    @Override
    public ProviderTask cutOff(String serverId) {
        isolationFirewall.cutOff(serverId);
        return ProviderTask.NOTHING;
    }

    @Override
    public ProviderTask reconnect(String serverId) {
        isolationFirewall.reconnect(serverId);
        return ProviderTask.NOTHING;
    }

    @Override
    public Reachability reach(String serverId) {
        return isolationFirewall.reach(serverId);
    }

    @Override
    public Keeping keeping() {
        return Keeping.STANDALONE;
    }

    @Override
    public List<Snapshot> snapshots(String serverId) {
        return dropletImages.snapshots(List.of(serverId));
    }

    @Override
    public List<Snapshot> snapshotsOf(Collection<String> serverIds) {
        return dropletImages.snapshots(serverIds);
    }

    @Override
    public ProviderTask snapshot(String serverId, String name) {
        return dropletImages.take(serverId, name);
    }

    @Override
    public ProviderTask restore(String serverId, String snapshotId) {
        return dropletImages.restoreSnapshot(serverId, snapshotId);
    }

    @Override
    public void deleteSnapshot(String serverId, String snapshotId) {
        dropletImages.delete(snapshotId);
    }

    @Override
    public List<Retention> policies() {
        return BackupPolicies.ALL;
    }

    @Override
    public Optional<Policy> policy(String serverId) {
        return backupPolicies.of(serverId);
    }

    @Override
    public void backUp(String serverId, Policy policy) {
        backupPolicies.follow(serverId, policy);
    }

    @Override
    public void backUp(String serverId, boolean on) {
        if (isBackedUp(serverId) != on) {
            actions.droplet(serverId, on ? "enable_backups" : "disable_backups");
        }
    }

    @Override
    public boolean isBackedUp(String serverId) {
        return Droplets.isBackedUp(droplets.get(serverId));
    }

    @Override
    public Set<String> backedUp() {
        return droplets.backedUp();
    }

    @Override
    public List<Snapshot> backups(String serverId) {
        return dropletImages.backups(serverId);
    }

    @Override
    public ProviderTask restoreBackup(String serverId, String backupId) {
        return dropletImages.restoreBackup(serverId, backupId);
    }

    @Override
    public List<Volume> volumes() {
        return digitalOceanVolumes.all();
    }

    @Override
    public Volume createVolume(ResourceTag resourceTag, String region, int sizeGib) {
        return digitalOceanVolumes.create(resourceTag, region, sizeGib);
    }

    @Override
    public ProviderTask attach(String volumeId, String serverId) {
        return digitalOceanVolumes.attach(volumeId, serverId);
    }

    @Override
    public ProviderTask detach(String volumeId) {
        return digitalOceanVolumes.detach(volumeId);
    }

    @Override
    public ProviderTask grow(String volumeId, int sizeGib) {
        return digitalOceanVolumes.grow(volumeId, sizeGib);
    }

    @Override
    public void deleteVolume(String volumeId) {
        digitalOceanVolumes.delete(volumeId);
    }

    /** One per droplet. */
    @Override
    public int addressesMax() {
        return 1;
    }

    @Override
    public List<Address> addresses(String serverId) {
        return reservedIps.of(serverId);
    }

    @Override
    public Address addAddress(String serverId) {
        return reservedIps.add(serverId);
    }

    @Override
    public boolean isKept(String serverId, String address) {
        return reservedIps.isKept(serverId, address);
    }

    @Override
    public void releaseAddress(String serverId, String address) {
        reservedIps.release(serverId, address);
    }

    /**
     * DigitalOcean names a droplet's IPv4 address and its first IPv6 address after the droplet itself, if its name is fully qualified. This
     * method therefore renames the droplet, and both addresses have the same name. The provider's own name is none: the droplet is then named
     * by the first label of its name.
     */
    @Override
    public void name(String serverId, String address, String hostname) {
        var providerServer = Droplets.server(droplets.get(serverId));
        if (!providerServer.addresses().contains(address)) {
            throw new ProviderFailure(Reason.INVALID, "not an address of the droplet");
        }
        if (!hostname.isEmpty() && hostname.indexOf('.') < 0) {
            throw new ProviderFailure(Reason.INVALID, "reverse DNS requires a full name with a domain");
        }
        var wanted = hostname.isEmpty() ? providerServer.name().split("\\.", 2)[0] : hostname;
        if (!wanted.equals(providerServer.name())) {
            actions.droplet(serverId, Actions.of("rename").add("name", wanted).build());
        }
    }

    @Override
    public List<Traffic> traffic(String serverId, Instant now) {
        return bandwidth.of(serverId, now);
    }

    @Override
    public List<Series> measured(String serverId, Instant now, Duration back) {
        return dropletMetrics.of(serverId, now, back);
    }

    /** The values are sums of rates. */
    @Override
    public boolean isExact() {
        return false;
    }

    /** The password is sent by email to the owner of the account, not to the customer. */
    @Override
    public Reset resetPassword(String serverId) {
        return new Reset(actions.droplet(serverId, "password_reset"), "");
    }

    @Override
    public List<Key> keys() {
        return digitalOceanSshKeys.all();
    }

    @Override
    public Key addKey(String name, String publicKey) {
        return digitalOceanSshKeys.add(name, publicKey);
    }

    @Override
    public void deleteKey(String id) {
        digitalOceanSshKeys.delete(id);
    }

    private static String word(PowerAction powerAction) {
        return switch (powerAction) {
            case ON -> "power_on";
            case SHUT_DOWN -> "shutdown";
            case OFF -> "power_off";
            case RESTART -> "reboot";
        };
    }
}
