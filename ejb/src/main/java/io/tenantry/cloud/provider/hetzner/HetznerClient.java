package io.tenantry.cloud.provider.hetzner;

import io.tenantry.cloud.provider.ActionBasedClient;
import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.NetworkIsolation;
import io.tenantry.cloud.provider.OfflineResize.ActionNames;
import io.tenantry.cloud.provider.PagedLists;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderServer.State;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.PublicKeys;
import io.tenantry.cloud.provider.ResourceCollection;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ReverseDns;
import io.tenantry.cloud.provider.ServerRebuild;
import io.tenantry.cloud.provider.ServerSpec;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A project at Hetzner Cloud. The resource tag is a label, and also the server's name: Hetzner itself refuses a second server with that name. */
class HetznerClient extends ActionBasedClient implements ServerRebuild, ReverseDns, NetworkIsolation {
    private static final String MARK = "tenantry";
    private static final String KEYS = "tenantry-keys";

    /** The firewall of isolated servers. */
    final IsolationFirewall isolationFirewall;

    HetznerClient(ProviderHttp api, Clock clock) {
        super(
                new ResourceCollection(api, lists(api), "/servers", "servers", "server"),
                new ActionNames("command", "change_server_type", "start_server"),
                clock);
        isolationFirewall = new IsolationFirewall(
                servers, new ResourceCollection(api, lists(api), "/firewalls", "firewalls", "firewall"));
    }

    @Override
    public String check() {
        var answer = new JsonFields(servers.api().get("/servers", "per_page", "1"));
        var counted = answer.in("meta").in("pagination").maybeText("total_entries");
        return "a project with " + counted.orElse("some") + " servers";
    }

    @Override
    public ProviderCatalog readCatalog() {
        return new HetznerCatalog(servers.api(), servers.lists()).readCatalog();
    }

    @Override
    public List<ProviderServer> marked(ResourceTag resourceTag) {
        return found("label_selector", MARK + "==" + resourceTag.text());
    }

    @Override
    public ProviderServer create(ServerSpec serverSpec) {
        var labels = Map.<String, Object>of(MARK, serverSpec.mark().text(), KEYS, PublicKeys.digest(serverSpec.keys()));
        var keys =
                serverSpec.keys().stream().map(line -> kept(line).text("name")).toList();
        var order = Json.createObjectBuilder()
                .add("name", serverSpec.mark().text())
                .add("server_type", serverSpec.size())
                .add("location", serverSpec.region())
                .add("image", serverSpec.image())
                .add("ssh_keys", Json.createArrayBuilder(keys))
                .add("labels", Json.createObjectBuilder(labels));
        serverSpec.script().ifPresent(script -> order.add("user_data", script));
        return toServer(servers.make(order.build()));
    }

    @Override
    public ProviderTask power(String id, PowerAction powerAction) {
        var needed = powerAction.from(toServer(servers.get(id)).state());
        return needed.map(one -> new ProviderTask(String.valueOf(turn(id, one))))
                .orElse(ProviderTask.NOTHING);
    }

    @Override
    public long turn(String id, PowerAction powerAction) {
        var word = Map.of(PowerAction.ON, "poweron", PowerAction.SHUT_DOWN, "shutdown", PowerAction.OFF, "poweroff");
        return ask(id, word.getOrDefault(powerAction, "reboot"), Map.of());
    }

    @Override
    public long change(String id, String size) {
        return ask(id, "change_type", Map.of("server_type", size, "upgrade_disk", true));
    }

    @Override
    protected void judge(JsonFields server, String size) {
        var types = servers.lists().all("/server_types", "server_types", "name", size).stream();
        if (types.noneMatch(type -> type.whole("disk") >= server.whole("primary_disk_size"))) {
            throw new ProviderFailure(Reason.INVALID, "unknown size " + size + ", or one whose disk is smaller");
        }
    }

    /** Hetzner restores the keys of the creation in any case; without user data, it uses the previous one. */
    @Override
    public ProviderTask rebuild(String id, ServerSpec serverSpec) {
        if (!servers.get(id).in("labels").maybeText(KEYS).equals(Optional.of(PublicKeys.digest(serverSpec.keys())))) {
            throw new ProviderFailure(Reason.INVALID, "a rebuild cannot change the SSH keys");
        }
        var script = serverSpec.script().orElse("");
        return new ProviderTask(
                String.valueOf(ask(id, "rebuild", Map.of("image", serverSpec.image(), "user_data", script))));
    }

    @Override
    public void name(String serverId, String address, String hostname) {
        var name = hostname.isEmpty() ? JsonValue.NULL : Json.createValue(hostname);
        ask(serverId, "change_dns_ptr", Map.of("ip", address, "dns_ptr", name));
    }

    @Override
    public ProviderTask cutOff(String serverId) {
        return isolationFirewall.cutOff(serverId);
    }

    @Override
    public ProviderTask reconnect(String serverId) {
        return isolationFirewall.reconnect(serverId);
    }

    @Override
    public Reachability reach(String serverId) {
        return isolationFirewall.reach(serverId);
    }

    @Override
    protected Progress follow(ProviderTask providerTask) {
        return reached(
                new JsonFields(servers.api().get("/actions/" + ProviderHttp.number(providerTask.id()))).in("action"));
    }

    @Override
    protected Progress reached(JsonFields action) {
        return switch (action.text("status")) {
            case "success" -> Progress.done();
            case "error" ->
                Progress.failed(action.maybeIn("error")
                        .flatMap(error -> error.maybeText("message"))
                        .orElse(""));
            default -> Progress.running(action.whole("progress"));
        };
    }

    @Override
    protected ProviderServer toServer(JsonFields server) {
        var net = server.in("public_net");
        var v4 = net.maybeIn("ipv4").map(address -> address.text("ip"));
        var v6 = net.maybeIn("ipv6").map(address -> address.text("ip").replace("::/64", "::1"));
        return new ProviderServer(
                server.text("id"),
                ResourceTag.among(server.in("labels").maybeText(MARK).stream()),
                server.text("name"),
                state(server.text("status")),
                Stream.concat(v4.stream(), v6.stream()).toList(),
                server.in("server_type").text("name"),
                server.in("location").text("name"),
                server.maybeInstant("created"));
    }

    private static State state(String status) {
        return switch (status) {
            case "initializing", "rebuilding" -> State.BUILDING;
            case "starting", "stopping", "migrating" -> State.BUSY;
            case "running" -> State.RUNNING;
            case "off" -> State.STOPPED;
            case "deleting" -> State.DELETING;
            default -> State.UNKNOWN;
        };
    }

    /** Actions without parameters are requested without a body, as the API documentation requires. */
    final long ask(String id, String action, Map<String, Object> parameters) {
        var path = servers.path(id) + "/actions/" + action;
        var body = Json.createObjectBuilder(parameters).build();
        var answer = body.isEmpty() ? servers.api().post(path) : servers.api().post(path, body);
        return new JsonFields(answer).in("action").big("id");
    }

    /** Returns a key of the project, adding it if necessary. */
    final JsonFields kept(String line) {
        var keys = new ResourceCollection(servers.api(), servers.lists(), "/ssh_keys", "ssh_keys", "ssh_key");
        var print = PublicKeys.fingerprint(line);
        var order = Json.createObjectBuilder().add("name", print).add("public_key", line.strip());
        var there = keys.all("fingerprint", print).stream().findFirst();
        return there.orElseGet(() -> keys.make(order.build()));
    }

    private static PagedLists lists(ProviderHttp api) {
        return PagedLists.numbered(api, "per_page", 50, 2000, PagedLists.upTo("meta", "pagination", "last_page"));
    }
}
