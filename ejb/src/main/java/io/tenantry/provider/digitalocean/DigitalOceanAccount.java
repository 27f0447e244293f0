package io.tenantry.provider.digitalocean;

import io.tenantry.provider.ActionAccount;
import io.tenantry.provider.Addresses;
import io.tenantry.provider.Backups;
import io.tenantry.provider.Catalogue;
import io.tenantry.provider.Fields;
import io.tenantry.provider.Isolating;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Metering;
import io.tenantry.provider.Metrics;
import io.tenantry.provider.Passwords;
import io.tenantry.provider.Power;
import io.tenantry.provider.Progress;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Rebuilding;
import io.tenantry.provider.ReverseDns;
import io.tenantry.provider.Server;
import io.tenantry.provider.Snapshots;
import io.tenantry.provider.SshKeys;
import io.tenantry.provider.Task;
import io.tenantry.provider.Things;
import io.tenantry.provider.VendorApi;
import io.tenantry.provider.Volumes;
import io.tenantry.provider.Wish;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An account with DigitalOcean. A wish's script is the droplet's user data itself: a shell script or cloud-config. DigitalOcean has no scripts
 * of its own, and shows no screens.
 */
final class DigitalOceanAccount extends ActionAccount
        implements Rebuilding,
                Snapshots,
                Backups,
                Volumes,
                Addresses,
                ReverseDns,
                Isolating,
                Metering,
                Metrics,
                Passwords,
                SshKeys {
    private final VendorApi api;
    private final Actions actions;
    private final Keys keys;
    private final Droplets droplets;
    private final Stock stock;
    private final Copies copies;
    private final Policies policies;
    private final Disks disks;
    private final Reserved reserved;
    private final Bandwidth bandwidth;
    private final Monitoring monitoring;
    private final Firewalls firewalls;

    DigitalOceanAccount(VendorApi api, Clock clock) {
        super(new Things(api, new Pages(api), "/v2/droplets", "droplets", "droplet"), Resize.WORDS, clock);
        this.api = api;
        var pages = new Pages(api);
        actions = new Actions(api);
        keys = new Keys(api, pages);
        droplets = new Droplets(api, pages, keys);
        stock = new Stock(pages);
        copies = new Copies(api, pages, actions);
        policies = new Policies(api, actions);
        disks = new Disks(api, pages, actions);
        reserved = new Reserved(new Things(api, pages, "/v2/reserved_ips", "reserved_ips", "reserved_ip"));
        bandwidth = new Bandwidth(api);
        monitoring = new Monitoring(api, bandwidth);
        firewalls = new Firewalls(api, pages, droplets);
    }

    @Override
    public String check() {
        var account = new Fields(api.get("/v2/account")).in("account");
        var team = account.maybeIn("team").flatMap(one -> one.maybeText("name")).map(name -> ", team " + name);
        var status = account.text("status");
        return account.text("email") + team.orElse("") + (status.equals("active") ? "" : " (" + status + ")");
    }

    @Override
    public Catalogue catalogue() {
        return stock.catalogue();
    }

    @Override
    public Optional<Server> server(String id) {
        return droplets.find(id).map(Droplets::server);
    }

    @Override
    public List<Server> marked(Mark mark) {
        return droplets.marked(mark);
    }

    @Override
    public Server create(Wish wish) {
        return droplets.create(wish);
    }

    /** A shut-down is done once the system was asked; whether it listened, the server's state tells. */
    @Override
    public Task power(String id, Power power) {
        try {
            return actions.droplet(id, word(power));
        } catch (ProviderFailure refused) {
            var maybeSo = refused.reason() == Reason.BUSY || refused.reason() == Reason.INVALID;
            if (maybeSo && server(id).filter(one -> power.is(one.state())).isPresent()) {
                return Task.NOTHING;
            }
            throw refused;
        }
    }

    @Override
    public void delete(String id) {
        droplets.delete(id);
    }

    @Override
    protected Server told(Fields droplet) {
        return Droplets.server(droplet);
    }

    @Override
    protected Progress reached(Fields action) {
        return Actions.reached(action);
    }

    @Override
    protected Progress follow(Task task) {
        return actions.progress(task);
    }

    @Override
    protected void judge(Fields droplet, String size) {
        Resize.judge(stock.sizes(), droplet, size);
    }

    @Override
    public long turn(String id, Power power) {
        return actions.begin(id, Actions.of(word(power)).build());
    }

    @Override
    public long change(String id, String size) {
        return actions.begin(id, Resize.order(size));
    }

    /** DigitalOcean takes nothing but an image; a wish with other keys or another script than at first is refused, not half granted. */
    @Override
    public Task rebuild(String id, Wish wish) {
        if (!droplets.get(id).texts("tags").contains(FirstStart.of(wish).tag())) {
            throw new ProviderFailure(
                    Reason.INVALID, "a droplet made anew takes neither other keys nor another script");
        }
        return actions.droplet(
                id,
                Actions.of("rebuild").add("image", Droplets.image(wish.image())).build());
    }

    @Override
    public Task cutOff(String serverId) {
        firewalls.cutOff(serverId);
        return Task.NOTHING;
    }

    @Override
    public Task reconnect(String serverId) {
        firewalls.reconnect(serverId);
        return Task.NOTHING;
    }

    @Override
    public Reach reach(String serverId) {
        return firewalls.reach(serverId);
    }

    @Override
    public Keeping keeping() {
        return Keeping.APART;
    }

    @Override
    public List<Snapshot> snapshots(String serverId) {
        return copies.snapshots(List.of(serverId));
    }

    @Override
    public List<Snapshot> snapshotsOf(Collection<String> serverIds) {
        return copies.snapshots(serverIds);
    }

    @Override
    public Task snapshot(String serverId, String name) {
        return copies.take(serverId, name);
    }

    @Override
    public Task restore(String serverId, String snapshotId) {
        return copies.restoreSnapshot(serverId, snapshotId);
    }

    @Override
    public void deleteSnapshot(String serverId, String snapshotId) {
        copies.delete(snapshotId);
    }

    @Override
    public List<Retention> policies() {
        return Policies.ALL;
    }

    @Override
    public Optional<Policy> policy(String serverId) {
        return policies.of(serverId);
    }

    @Override
    public void backUp(String serverId, Policy policy) {
        policies.follow(serverId, policy);
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
        return copies.backups(serverId);
    }

    @Override
    public Task restoreBackup(String serverId, String backupId) {
        return copies.restoreBackup(serverId, backupId);
    }

    @Override
    public List<Volume> volumes() {
        return disks.all();
    }

    @Override
    public Volume createVolume(Mark mark, String region, int sizeGib) {
        return disks.create(mark, region, sizeGib);
    }

    @Override
    public Task attach(String volumeId, String serverId) {
        return disks.attach(volumeId, serverId);
    }

    @Override
    public Task detach(String volumeId) {
        return disks.detach(volumeId);
    }

    @Override
    public Task grow(String volumeId, int sizeGib) {
        return disks.grow(volumeId, sizeGib);
    }

    @Override
    public void deleteVolume(String volumeId) {
        disks.delete(volumeId);
    }

    /** One a droplet. */
    @Override
    public int addressesMax() {
        return 1;
    }

    @Override
    public List<Address> addresses(String serverId) {
        return reserved.of(serverId);
    }

    @Override
    public Address addAddress(String serverId) {
        return reserved.add(serverId);
    }

    @Override
    public boolean isKept(String serverId, String address) {
        return reserved.isKept(serverId, address);
    }

    @Override
    public void releaseAddress(String serverId, String address) {
        reserved.release(serverId, address);
    }

    /**
     * DigitalOcean names a droplet's IPv4 address and its first IPv6 address after the droplet itself, if that is called by a full name; so
     * this renames the droplet, and both addresses have one name. Its own name for an address is none: the droplet is then called by the
     * first part of its name.
     */
    @Override
    public void name(String serverId, String address, String hostname) {
        var server = Droplets.server(droplets.get(serverId));
        if (!server.addresses().contains(address)) {
            throw new ProviderFailure(Reason.INVALID, "not an address of the droplet");
        }
        if (!hostname.isEmpty() && hostname.indexOf('.') < 0) {
            throw new ProviderFailure(Reason.INVALID, "an address is named only after a full name, with a domain");
        }
        var wanted = hostname.isEmpty() ? server.name().split("\\.", 2)[0] : hostname;
        if (!wanted.equals(server.name())) {
            actions.droplet(serverId, Actions.of("rename").add("name", wanted).build());
        }
    }

    @Override
    public List<Traffic> traffic(String serverId, Instant now) {
        return bandwidth.of(serverId, now);
    }

    @Override
    public List<Series> measured(String serverId, Instant now, Duration back) {
        return monitoring.of(serverId, now, back);
    }

    /** What it tells is the sum of rates. */
    @Override
    public boolean isExact() {
        return false;
    }

    /** The password goes by mail to the owner of the account, not to the customer. */
    @Override
    public Reset resetPassword(String serverId) {
        return new Reset(actions.droplet(serverId, "password_reset"), "");
    }

    @Override
    public List<Key> keys() {
        return keys.all();
    }

    @Override
    public Key addKey(String name, String publicKey) {
        return keys.add(name, publicKey);
    }

    @Override
    public void deleteKey(String id) {
        keys.delete(id);
    }

    private static String word(Power power) {
        return switch (power) {
            case ON -> "power_on";
            case SHUT_DOWN -> "shutdown";
            case OFF -> "power_off";
            case RESTART -> "reboot";
        };
    }
}
