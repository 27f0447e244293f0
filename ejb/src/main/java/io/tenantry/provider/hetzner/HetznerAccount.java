package io.tenantry.provider.hetzner;

import io.tenantry.provider.ActionAccount;
import io.tenantry.provider.Catalogue;
import io.tenantry.provider.Fields;
import io.tenantry.provider.Isolating;
import io.tenantry.provider.Lists;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Power;
import io.tenantry.provider.Progress;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.PublicKeys;
import io.tenantry.provider.Rebuilding;
import io.tenantry.provider.ReverseDns;
import io.tenantry.provider.Server;
import io.tenantry.provider.Server.State;
import io.tenantry.provider.StepwiseResize.Words;
import io.tenantry.provider.Task;
import io.tenantry.provider.Things;
import io.tenantry.provider.VendorApi;
import io.tenantry.provider.Wish;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A project at Hetzner Cloud. The mark is a label, and also the server's name: Hetzner itself refuses a second one of that name. */
class HetznerAccount extends ActionAccount implements Rebuilding, ReverseDns, Isolating {
    private static final String MARK = "tenantry";
    private static final String KEYS = "tenantry-keys";

    /** Behind which servers are that are cut off. */
    final Firewall firewall;

    HetznerAccount(VendorApi api, Clock clock) {
        super(
                new Things(api, lists(api), "/servers", "servers", "server"),
                new Words("command", "change_server_type", "start_server"),
                clock);
        firewall = new Firewall(servers, new Things(api, lists(api), "/firewalls", "firewalls", "firewall"));
    }

    @Override
    public String check() {
        var answer = new Fields(servers.api().get("/servers", "per_page", "1"));
        var counted = answer.in("meta").in("pagination").maybeText("total_entries");
        return "a project with " + counted.orElse("some") + " servers";
    }

    @Override
    public Catalogue catalogue() {
        return new Goods(servers.api(), servers.lists()).catalogue();
    }

    @Override
    public List<Server> marked(Mark mark) {
        return found("label_selector", MARK + "==" + mark.text());
    }

    @Override
    public Server create(Wish wish) {
        var labels = Map.<String, Object>of(MARK, wish.mark().text(), KEYS, PublicKeys.digest(wish.keys()));
        var keys = wish.keys().stream().map(line -> kept(line).text("name")).toList();
        var order = Json.createObjectBuilder()
                .add("name", wish.mark().text())
                .add("server_type", wish.size())
                .add("location", wish.region())
                .add("image", wish.image())
                .add("ssh_keys", Json.createArrayBuilder(keys))
                .add("labels", Json.createObjectBuilder(labels));
        wish.script().ifPresent(script -> order.add("user_data", script));
        return told(servers.make(order.build()));
    }

    @Override
    public Task power(String id, Power power) {
        var needed = power.from(told(servers.get(id)).state());
        return needed.map(one -> new Task(String.valueOf(turn(id, one)))).orElse(Task.NOTHING);
    }

    @Override
    public long turn(String id, Power power) {
        var word = Map.of(Power.ON, "poweron", Power.SHUT_DOWN, "shutdown", Power.OFF, "poweroff");
        return ask(id, word.getOrDefault(power, "reboot"), Map.of());
    }

    @Override
    public long change(String id, String size) {
        return ask(id, "change_type", Map.of("server_type", size, "upgrade_disk", true));
    }

    @Override
    protected void judge(Fields server, String size) {
        var types = servers.lists().all("/server_types", "server_types", "name", size).stream();
        if (types.noneMatch(type -> type.whole("disk") >= server.whole("primary_disk_size"))) {
            throw new ProviderFailure(Reason.INVALID, "no size " + size + ", or one whose disk is smaller");
        }
    }

    /** Hetzner puts the keys of the creation on it again, whatever is wished; without user data it takes that of before. */
    @Override
    public Task rebuild(String id, Wish wish) {
        if (!servers.get(id).in("labels").maybeText(KEYS).equals(Optional.of(PublicKeys.digest(wish.keys())))) {
            throw new ProviderFailure(Reason.INVALID, "a server made anew takes no other keys");
        }
        var script = wish.script().orElse("");
        return new Task(String.valueOf(ask(id, "rebuild", Map.of("image", wish.image(), "user_data", script))));
    }

    @Override
    public void name(String serverId, String address, String hostname) {
        var name = hostname.isEmpty() ? JsonValue.NULL : Json.createValue(hostname);
        ask(serverId, "change_dns_ptr", Map.of("ip", address, "dns_ptr", name));
    }

    @Override
    public Task cutOff(String serverId) {
        return firewall.cutOff(serverId);
    }

    @Override
    public Task reconnect(String serverId) {
        return firewall.reconnect(serverId);
    }

    @Override
    public Reach reach(String serverId) {
        return firewall.reach(serverId);
    }

    @Override
    protected Progress follow(Task task) {
        return reached(new Fields(servers.api().get("/actions/" + VendorApi.number(task.id()))).in("action"));
    }

    @Override
    protected Progress reached(Fields action) {
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
    protected Server told(Fields server) {
        var net = server.in("public_net");
        var v4 = net.maybeIn("ipv4").map(address -> address.text("ip"));
        var v6 = net.maybeIn("ipv6").map(address -> address.text("ip").replace("::/64", "::1"));
        return new Server(
                server.text("id"),
                Mark.among(server.in("labels").maybeText(MARK).stream()),
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
            case "deleting" -> State.LEAVING;
            default -> State.UNRECOGNISED;
        };
    }

    /** What takes no words is asked without a body: the contract wants none there. */
    final long ask(String id, String action, Map<String, Object> said) {
        var path = servers.path(id) + "/actions/" + action;
        var body = Json.createObjectBuilder(said).build();
        var answer = body.isEmpty() ? servers.api().post(path) : servers.api().post(path, body);
        return new Fields(answer).in("action").big("id");
    }

    /** A key that the project has, or has from now on. */
    final Fields kept(String line) {
        var keys = new Things(servers.api(), servers.lists(), "/ssh_keys", "ssh_keys", "ssh_key");
        var print = PublicKeys.fingerprint(line);
        var order = Json.createObjectBuilder().add("name", print).add("public_key", line.strip());
        var there = keys.all("fingerprint", print).stream().findFirst();
        return there.orElseGet(() -> keys.make(order.build()));
    }

    private static Lists lists(VendorApi api) {
        return Lists.numbered(api, "per_page", 50, 2000, Lists.upTo("meta", "pagination", "last_page"));
    }
}
