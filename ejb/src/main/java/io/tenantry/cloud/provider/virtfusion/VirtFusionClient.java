package io.tenantry.cloud.provider.virtfusion;

import static io.tenantry.cloud.provider.virtfusion.VirtFusionPanel.SERVERS;
import static io.tenantry.cloud.provider.virtfusion.VirtFusionPanel.data;
import static io.tenantry.cloud.provider.virtfusion.VirtFusionPanel.number;
import static java.util.Comparator.comparing;

import io.tenantry.cloud.provider.AdditionalAddresses;
import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.RootPasswordReset;
import io.tenantry.cloud.provider.ServerRebuild;
import io.tenantry.cloud.provider.ServerResize;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.cloud.provider.TransferMetering;
import io.tenantry.cloud.provider.VncConsole;
import jakarta.json.Json;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A VirtFusion panel: the list of its servers, operations on existing ones, and their progress. */
final class VirtFusionClient
        implements ProviderClient,
                ServerResize,
                ServerRebuild,
                AdditionalAddresses,
                TransferMetering,
                RootPasswordReset,
                VncConsole {
    /** The panel reports no number; this many suit the address pools of most panels. */
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

    private final ProviderHttp api;
    private final VirtFusionPanel virtFusionPanel;
    private final VirtFusionProvisioning virtFusionProvisioning;
    private final URI base;

    VirtFusionClient(ProviderHttp api, URI base) {
        this.api = api;
        this.virtFusionPanel = new VirtFusionPanel(api);
        this.virtFusionProvisioning = new VirtFusionProvisioning(api, virtFusionPanel);
        this.base = base;
    }

    @Override
    public String check() {
        return "VirtFusion at " + base.getHost() + " with "
                + VirtFusionCatalog.packages(virtFusionPanel).size() + " packages";
    }

    @Override
    public ProviderCatalog readCatalog() {
        return VirtFusionCatalog.of(virtFusionPanel);
    }

    /** The list contains neither addresses nor power states. */
    @Override
    public List<ProviderServer> servers() {
        return virtFusionPanel.machines().map(VirtFusionServer::server).toList();
    }

    @Override
    public Optional<ProviderServer> server(String id) {
        return virtFusionPanel.machine(id).map(VirtFusionServer::server);
    }

    @Override
    public List<ProviderServer> marked(ResourceTag resourceTag) {
        return virtFusionProvisioning.marked(resourceTag);
    }

    @Override
    public ProviderServer create(ServerSpec serverSpec) {
        return virtFusionProvisioning.make(serverSpec);
    }

    /**
     * Nothing is requested for servers that have the required state already: the panel would queue the request, and the queue entry would fail.
     */
    @Override
    public ProviderTask power(String id, PowerAction powerAction) {
        if (powerAction != PowerAction.RESTART
                && powerAction.is(virtFusionPanel.known(id).state())) {
            return ProviderTask.NOTHING;
        }
        return switched(
                id,
                switch (powerAction) {
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
    public Progress progress(ProviderTask providerTask) {
        if (providerTask.equals(ProviderTask.NOTHING)) {
            return Progress.done();
        }
        if (providerTask.id().startsWith(BUILDING)) {
            return switch (virtFusionPanel
                    .known(providerTask.id().substring(BUILDING.length()))
                    .state()) {
                case RESERVED, BUILDING -> Progress.running(0);
                case FAILED -> Progress.failed("the panel did not build it");
                default -> Progress.done();
            };
        }
        var item = data(api.get("/queue/" + providerTask.id()));
        if (item.flag("failed")) {
            return Progress.failed(item.maybeIn("errors")
                    .flatMap(errors -> errors.maybeIn("exception"))
                    .flatMap(exception -> exception.maybeText("message"))
                    .orElse(""));
        }
        return item.maybeText("finished").isPresent() ? Progress.done() : Progress.running(item.whole("progress"));
    }

    /** Applies everything in the package except the backup plan, which is ordered separately. */
    @Override
    public ProviderTask resize(String id, String size) {
        var virtFusionServer = virtFusionPanel.known(id);
        var disk = virtFusionServer.fields().in("settings").in("resources").whole("storage");
        if (data(api.get("/packages/" + number(size))).whole("primaryStorage") < disk) {
            // The panel would keep the disk, change the rest, and mention it only in a message.
            throw new ProviderFailure(Reason.INVALID, "a disk of " + disk + " GB cannot shrink");
        }
        var parts = Json.createObjectBuilder();
        PARTS.forEach(part -> parts.add(part, true));
        api.put(SERVERS + id + "/package/" + number(size), parts.build());
        // Changes take effect at the server's next start.
        return virtFusionServer.state() == ProviderServer.State.RUNNING
                ? switched(id, "restart")
                : ProviderTask.NOTHING;
    }

    @Override
    public ProviderTask rebuild(String id, ServerSpec serverSpec) {
        virtFusionProvisioning.build(id, virtFusionPanel.known(id).fields().text("ownerId"), serverSpec);
        return new ProviderTask(BUILDING + id);
    }

    @Override
    public int addressesMax() {
        return ADDRESSES_MAX;
    }

    /** Includes those that the server was created with. */
    @Override
    public List<Address> addresses(String serverId) {
        return virtFusionPanel.known(serverId).server().addresses().stream()
                .map(address -> new Address(address, true))
                .toList();
    }

    @Override
    public Address addAddress(String serverId) {
        var body = Json.createObjectBuilder()
                .add("interface", PRIMARY)
                .add("quantity", 1)
                .build();
        var given = new JsonFields(api.post(SERVERS + number(serverId) + "/ipv4Qty", body)).texts("data");
        if (given.size() != 1) {
            throw new ProviderFailure(Reason.INVALID_RESPONSE, given.size() + " addresses instead of one");
        }
        return new Address(given.get(0), true);
    }

    /** An address that the server does not have is not requested, since the panel would refuse it. */
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
                        VirtFusionServer.at(month, "start"),
                        VirtFusionServer.at(month, "end")
                                .plusSeconds(1), // the last second of the period, as the panel reports it
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
        return new Reset(new ProviderTask(data.text("queueId")), data.text("expectedPassword"));
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

    private ProviderTask switched(String id, String how) {
        var queued = data(api.post(SERVERS + id + "/power/" + how));
        return new ProviderTask(queued.text("queueId"));
    }

    private JsonFields vnc(String id, String action) {
        var body = Json.createObjectBuilder().add("action", action).build();
        return data(api.postAgain(SERVERS + id + "/vnc", body)).in("vnc");
    }

    private URI socket(String path) {
        try {
            return URI.create(base.resolve(path).toString().replaceFirst("^http", "ws"));
        } catch (IllegalArgumentException noAddress) {
            throw new ProviderFailure(Reason.INVALID_RESPONSE, "no screen address", Optional.empty(), noAddress);
        }
    }
}
