package io.tenantry.provider.linode;

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
import io.tenantry.provider.Provider;
import io.tenantry.provider.Rebuilding;
import io.tenantry.provider.Resizing;
import io.tenantry.provider.ReverseDns;
import io.tenantry.provider.Scripts;
import io.tenantry.provider.Server;
import io.tenantry.provider.Snapshots;
import io.tenantry.provider.SshKeys;
import io.tenantry.provider.Task;
import io.tenantry.provider.VendorApi;
import io.tenantry.provider.Volumes;
import io.tenantry.provider.Wish;
import jakarta.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An account with Linode: all that a provider can do but show a screen, which Linode does through its own panel only. */
final class LinodeAccount
        implements Provider,
                Resizing,
                Rebuilding,
                Snapshots,
                Backups,
                Volumes,
                Addresses,
                ReverseDns,
                Isolating,
                Metering,
                Metrics,
                Passwords,
                SshKeys,
                Scripts {
    private final VendorApi api;
    private final Shop shop;
    private final Instances instances;
    private final Events events;
    private final Jobs jobs;
    private final Copies copies;
    private final Disks disks;
    private final Ips ips;
    private final Transfers transfers;
    private final Stats stats;
    private final AccountKeys accountKeys;
    private final StackScripts stackScripts;
    private final Firewalls firewalls;

    LinodeAccount(VendorApi api, Clock clock) {
        this.api = api;
        shop = new Shop(api, clock);
        instances = new Instances(api);
        events = new Events(api);
        jobs = new Jobs(api, instances, events);
        copies = new Copies(api, events);
        disks = new Disks(api, events);
        ips = new Ips(api);
        transfers = new Transfers(api, instances);
        stats = new Stats(api);
        accountKeys = new AccountKeys(api);
        stackScripts = new StackScripts(api);
        firewalls = new Firewalls(api);
    }

    @Override
    public String check() {
        var profile = new Fields(api.get("/profile"));
        return profile.text("username")
                + profile.maybeText("email")
                        .map(address -> " <" + address + ">")
                        .orElse("");
    }

    @Override
    public Catalogue catalogue() {
        return shop.catalogue();
    }

    @Override
    public List<Server> servers() {
        return instances.all();
    }

    @Override
    public Optional<Server> server(String id) {
        return instances.one(id);
    }

    @Override
    public List<Server> marked(Mark mark) {
        return instances.marked(mark);
    }

    @Override
    public Server create(Wish wish) {
        return instances.create(wish);
    }

    @Override
    public Task power(String id, Power power) {
        return jobs.power(id, power);
    }

    @Override
    public void delete(String id) {
        instances.delete(id);
    }

    @Override
    public Progress progress(Task task) {
        var job = Job.read(task);
        if (job instanceof Job.Event event) {
            return events.progress(event);
        }
        return job instanceof Job.Copy copy ? copies.progress(copy) : Progress.done();
    }

    @Override
    public Task resize(String id, String size) {
        return jobs.resize(id, size);
    }

    @Override
    public Task rebuild(String id, Wish wish) {
        return jobs.rebuild(id, wish);
    }

    @Override
    public Reset resetPassword(String serverId) {
        return jobs.resetPassword(serverId);
    }

    @Override
    public Task cutOff(String serverId) {
        firewalls.cutOff(serverId);
        return new Job.Nothing().task();
    }

    @Override
    public Task reconnect(String serverId) {
        firewalls.reconnect(serverId);
        return new Job.Nothing().task();
    }

    @Override
    public Reach reach(String serverId) {
        return firewalls.reach(serverId);
    }

    @Override
    public Keeping keeping() {
        return Keeping.WITH_BACKUPS;
    }

    @Override
    public List<Snapshot> snapshots(String serverId) {
        return copies.asked(serverId);
    }

    @Override
    public Task snapshot(String serverId, String name) {
        return copies.take(serverId, name);
    }

    @Override
    public Task restore(String serverId, String snapshotId) {
        return copies.restore(serverId, snapshotId);
    }

    /** Linode deletes none: it is gone with the next one, or with the server's backups. */
    @Override
    public void deleteSnapshot(String serverId, String snapshotId) {}

    /** One of each day, one of the week and one of the week before; nobody chooses. */
    @Override
    public List<Retention> policies() {
        return List.of(new Retention(Optional.empty(), 3, 14));
    }

    @Override
    public void backUp(String serverId, boolean on) {
        copies.switchOn(serverId, on);
    }

    @Override
    public boolean isBackedUp(String serverId) {
        return copies.isOn(serverId);
    }

    @Override
    public Set<String> backedUp() {
        return copies.on();
    }

    @Override
    public List<Snapshot> backups(String serverId) {
        return copies.byTheClock(serverId);
    }

    @Override
    public Task restoreBackup(String serverId, String backupId) {
        return copies.restore(serverId, backupId);
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
        api.put(Ids.server(serverId) + "/ips/" + VendorApi.encode(address), name.build());
    }

    @Override
    public List<Traffic> traffic(String serverId, Instant now) {
        return transfers.of(serverId, now);
    }

    @Override
    public List<Series> measured(String serverId, Instant now, Duration back) {
        return stats.of(serverId, now, back);
    }

    @Override
    public List<Key> keys() {
        return accountKeys.all();
    }

    @Override
    public Key addKey(String name, String publicKey) {
        return accountKeys.add(name, publicKey);
    }

    @Override
    public void deleteKey(String id) {
        accountKeys.delete(id);
    }

    @Override
    public List<Script> scripts() {
        return stackScripts.mine();
    }
}
