package io.tenantry.provider.virtfusion;

import static io.tenantry.provider.virtfusion.Panel.SERVERS;
import static io.tenantry.provider.virtfusion.Panel.data;
import static io.tenantry.provider.virtfusion.Panel.number;
import static java.util.Comparator.comparing;

import io.tenantry.provider.Addresses;
import io.tenantry.provider.Catalogue;
import io.tenantry.provider.Fields;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Metering;
import io.tenantry.provider.Passwords;
import io.tenantry.provider.Power;
import io.tenantry.provider.Progress;
import io.tenantry.provider.Provider;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Rebuilding;
import io.tenantry.provider.Resizing;
import io.tenantry.provider.Screen;
import io.tenantry.provider.Server;
import io.tenantry.provider.Task;
import io.tenantry.provider.VendorApi;
import io.tenantry.provider.Wish;
import jakarta.json.Json;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One VirtFusion panel: what there is, what is done to servers that are there, and how far it is. */
final class VirtFusionAccount implements Provider, Resizing, Rebuilding, Addresses, Metering, Passwords, Screen {
    /** The panel names no number; this many the pools of most can bear. */
    private static final int ADDRESSES_MAX = 4;

    private static final String PRIMARY = "primary";
    private static final String BUILDING = "build-";
    private static final List<String> PARTS = List.of(
            "cpu",
            "memory",
            "primaryDiskSize",
            "primaryDiskReadIOPS",
            "primaryDiskReadThroughput",
            "primaryDiskWriteIOPS",
            "primaryDiskWriteThroughput",
            "primaryNetworkInboundSpeed",
            "primaryNetworkOutboundSpeed",
            "primaryNetworkTraffic");

    private final VendorApi api;
    private final Panel panel;
    private final Making making;
    private final URI base;

    VirtFusionAccount(VendorApi api, URI base) {
        this.api = api;
        this.panel = new Panel(api);
        this.making = new Making(api, panel);
        this.base = base;
    }

    @Override
    public String check() {
        return "VirtFusion at " + base.getHost() + " with "
                + Wares.packages(panel).size() + " packages";
    }

    @Override
    public Catalogue catalogue() {
        return Wares.of(panel);
    }

    /** The list tells neither addresses nor whether a server runs. */
    @Override
    public List<Server> servers() {
        return panel.machines().map(Machine::server).toList();
    }

    @Override
    public Optional<Server> server(String id) {
        return panel.machine(id).map(Machine::server);
    }

    @Override
    public List<Server> marked(Mark mark) {
        return making.marked(mark);
    }

    @Override
    public Server create(Wish wish) {
        return making.make(wish);
    }

    /** For servers that run or stand still already nothing is asked: the panel would queue it, and the queue fail. */
    @Override
    public Task power(String id, Power power) {
        if (power != Power.RESTART && power.is(panel.known(id).state())) {
            return Task.NOTHING;
        }
        return switched(
                id,
                switch (power) {
                    case ON -> "boot";
                    case SHUT_DOWN -> "shutdown";
                    case OFF -> "poweroff";
                    case RESTART -> "restart";
                });
    }

    @Override
    public void delete(String id) {
        api.delete(SERVERS + id + "?delay=0");
    }

    @Override
    public Progress progress(Task task) {
        if (task.equals(Task.NOTHING)) {
            return Progress.done();
        }
        if (task.id().startsWith(BUILDING)) {
            return switch (panel.known(task.id().substring(BUILDING.length())).state()) {
                case RESERVED, BUILDING -> Progress.running(0);
                case FAILED -> Progress.failed("the panel did not build it");
                default -> Progress.done();
            };
        }
        var item = data(api.get("/queue/" + task.id()));
        if (item.flag("failed")) {
            return Progress.failed(item.maybeIn("errors")
                    .flatMap(errors -> errors.maybeIn("exception"))
                    .flatMap(exception -> exception.maybeText("message"))
                    .orElse(""));
        }
        return item.maybeText("finished").isPresent() ? Progress.done() : Progress.running(item.whole("progress"));
    }

    /** Everything that the package says, but for the plan of backups, which is bought apart. */
    @Override
    public Task resize(String id, String size) {
        var machine = panel.known(id);
        var disk = machine.told().in("settings").in("resources").whole("storage");
        if (data(api.get("/packages/" + number(size))).whole("primaryStorage") < disk) {
            // The panel would leave the disk as it is, change the rest, and say so only in passing.
            throw new ProviderFailure(Reason.INVALID, "a disk of " + disk + " GB does not become smaller");
        }
        var parts = Json.createObjectBuilder();
        PARTS.forEach(part -> parts.add(part, true));
        api.put(SERVERS + id + "/package/" + number(size), parts.build());
        // What has changed is taken up when a server starts.
        return machine.state() == Server.State.RUNNING ? switched(id, "restart") : Task.NOTHING;
    }

    @Override
    public Task rebuild(String id, Wish wish) {
        making.build(id, panel.known(id).told().text("ownerId"), wish);
        return new Task(BUILDING + id);
    }

    @Override
    public int addressesMax() {
        return ADDRESSES_MAX;
    }

    /** Those that it came with are among them. */
    @Override
    public List<Address> addresses(String serverId) {
        return panel.known(serverId).server().addresses().stream()
                .map(address -> new Address(address, true))
                .toList();
    }

    @Override
    public Address addAddress(String serverId) {
        var body = Json.createObjectBuilder()
                .add("interface", PRIMARY)
                .add("quantity", 1)
                .build();
        var given = new Fields(api.post(SERVERS + number(serverId) + "/ipv4Qty", body)).texts("data");
        if (given.size() != 1) {
            throw new ProviderFailure(Reason.NOT_UNDERSTOOD, given.size() + " addresses instead of one");
        }
        return new Address(given.get(0), true);
    }

    /** What a server does not have is not asked for: the panel would call it wrong. */
    @Override
    public void releaseAddress(String serverId, String address) {
        if (isKept(serverId, address)) {
            var body = Json.createObjectBuilder()
                    .add("interface", PRIMARY)
                    .add("ip", Json.createArrayBuilder().add(address))
                    .build();
            api.delete(SERVERS + number(serverId) + "/ipv4", body);
        }
    }

    @Override
    public List<Traffic> traffic(String serverId, Instant now) {
        return data(api.get(SERVERS + serverId + "/traffic")).each("monthly").stream()
                .map(month -> new Traffic(
                        Machine.at(month, "start"),
                        Machine.at(month, "end").plusSeconds(1), // its last second, in the panel's words
                        month.big("rx"),
                        month.big("tx")))
                .sorted(comparing(Traffic::from).reversed())
                .toList();
    }

    @Override
    public Reset resetPassword(String serverId) {
        var body = Json.createObjectBuilder()
                .add("user", "root")
                .add("sendMail", false)
                .build();
        var data = data(api.post(SERVERS + serverId + "/resetPassword", body));
        return new Reset(new Task(data.text("queueId")), data.text("expectedPassword"));
    }

    @Override
    public Vnc open(String serverId) {
        var vnc = vnc(serverId, "enable");
        var socket = vnc.maybeIn("wss").flatMap(one -> one.maybeText("url")).map(this::socket);
        var host = vnc.maybeText("hostname").orElseGet(() -> vnc.text("ip"));
        return new Vnc(host, vnc.whole("port"), vnc.text("password"), socket);
    }

    @Override
    public void close(String serverId) {
        vnc(serverId, "disable");
    }

    private Task switched(String id, String how) {
        var queued = data(api.post(SERVERS + id + "/power/" + how));
        return new Task(queued.text("queueId"));
    }

    private Fields vnc(String id, String action) {
        var body = Json.createObjectBuilder().add("action", action).build();
        return data(api.postAgain(SERVERS + id + "/vnc", body)).in("vnc");
    }

    private URI socket(String path) {
        try {
            return URI.create(base.resolve(path).toString().replaceFirst("^http", "ws"));
        } catch (IllegalArgumentException noAddress) {
            throw new ProviderFailure(Reason.NOT_UNDERSTOOD, "no address of a screen", Optional.empty(), noAddress);
        }
    }
}
