package io.tenantry.provider.hetzner;

import io.tenantry.provider.Catalogue;
import io.tenantry.provider.Fields;
import io.tenantry.provider.Lists;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Power;
import io.tenantry.provider.Progress;
import io.tenantry.provider.Provider;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.PublicKeys;
import io.tenantry.provider.Rebuilding;
import io.tenantry.provider.Resizing;
import io.tenantry.provider.Server;
import io.tenantry.provider.Server.State;
import io.tenantry.provider.StepwiseResize;
import io.tenantry.provider.StepwiseResize.Done;
import io.tenantry.provider.StepwiseResize.Seen;
import io.tenantry.provider.StepwiseResize.Words;
import io.tenantry.provider.Task;
import io.tenantry.provider.Things;
import io.tenantry.provider.VendorApi;
import io.tenantry.provider.Wish;
import jakarta.json.Json;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A project at Hetzner Cloud. The mark is a label, and also the server's name: Hetzner itself refuses a second one of that name. */
final class HetznerAccount implements Provider, Resizing, Rebuilding, StepwiseResize.Hands {
    private static final String MARK = "tenantry";
    private static final String KEYS = "tenantry-keys";
    private static final Words WORDS =
            new Words("shutdown_server", "stop_server", "change_server_type", "start_server");

    private final VendorApi api;
    private final Clock clock;
    private final Lists lists;
    private final Things servers;

    HetznerAccount(VendorApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
        lists = Lists.numbered(api, "per_page", 50, 2000, HetznerAccount::isLast);
        servers = new Things(api, lists, "/servers", "servers", "server");
    }

    @Override
    public String check() {
        var counted = new Fields(api.get("/servers", "per_page", "1")).in("meta").in("pagination");
        return "a project with " + counted.maybeText("total_entries").orElse("some") + " servers";
    }

    @Override
    public Catalogue catalogue() {
        return new Goods(api, lists).catalogue();
    }

    @Override
    public List<Server> servers() {
        return servers.all().stream().map(HetznerAccount::told).toList();
    }

    @Override
    public Optional<Server> server(String id) {
        return servers.find(id).map(HetznerAccount::told);
    }

    @Override
    public List<Server> marked(Mark mark) {
        var marked = servers.all("label_selector", MARK + "==" + mark.text());
        return marked.stream().map(HetznerAccount::told).toList();
    }

    @Override
    public Server create(Wish wish) {
        var order = Json.createObjectBuilder()
                .add("name", wish.mark().text())
                .add("server_type", wish.size())
                .add("location", wish.region())
                .add("image", wish.image())
                .add("ssh_keys", Json.createArrayBuilder(wish.keys().stream().map(this::kept).toList()))
                .add("labels", Json.createObjectBuilder().add(MARK, wish.mark().text()).add(KEYS, digest(wish)));
        wish.script().ifPresent(script -> order.add("user_data", script));
        return told(servers.make(order.build()));
    }

    @Override
    public Task power(String id, Power power) {
        var state = told(servers.get(id)).state();
        if (power.is(state)) {
            return Task.NOTHING;
        }
        return task(turn(id, power == Power.RESTART && state == State.STOPPED ? Power.ON : power));
    }

    @Override
    public void delete(String id) {
        servers.delete(id);
    }

    @Override
    public Progress progress(Task task) {
        if (StepwiseResize.is(task)) {
            return StepwiseResize.of(task).step(this, clock);
        }
        return task.equals(Task.NOTHING)
                ? Progress.done()
                : progress(new Fields(api.get("/actions/" + VendorApi.number(task.id()))).in("action"));
    }

    /** Hetzner would refuse what it cannot do only once the server is off. */
    @Override
    public Task resize(String id, String size) {
        var server = servers.get(id);
        if (told(server).size().equals(size)) {
            return Task.NOTHING;
        }
        var types = lists.all("/server_types", "server_types", "name", size).stream();
        if (types.noneMatch(type -> type.whole("disk") >= server.whole("primary_disk_size"))) {
            throw new ProviderFailure(Reason.INVALID, "no size " + size + ", or one whose disk is smaller");
        }
        return StepwiseResize.begin(this, clock, id, size, told(server).state() == State.RUNNING);
    }

    @Override
    public Seen look(String id, long first) {
        var server = servers.get(id);
        var since = lists.all(servers.path(id) + "/actions", "actions").stream()
                .filter(action -> action.big("id") >= first)
                .map(action -> new Done(action.text("command"), progress(action).stage()))
                .toList();
        var now = told(server);
        return new Seen(WORDS, now.size(), now.state() == State.STOPPED, server.flag("locked"), since);
    }

    @Override
    public long turn(String id, Power power) {
        return ask(
                id,
                switch (power) {
                    case ON -> "poweron";
                    case SHUT_DOWN -> "shutdown";
                    case OFF -> "poweroff";
                    case RESTART -> "reboot";
                },
                Map.of());
    }

    @Override
    public long change(String id, String size) {
        return ask(id, "change_type", Map.of("server_type", size, "upgrade_disk", true));
    }

    /** Hetzner puts the keys of the creation on it again, whatever is wished; without user data it takes that of before. */
    @Override
    public Task rebuild(String id, Wish wish) {
        if (!servers.get(id).in("labels").maybeText(KEYS).equals(Optional.of(digest(wish)))) {
            throw new ProviderFailure(Reason.INVALID, "a server made anew takes no other keys");
        }
        return task(ask(id, "rebuild", Map.of("image", wish.image(), "user_data", wish.script().orElse(""))));
    }

    private long ask(String id, String action, Map<String, Object> said) {
        var body = Json.createObjectBuilder(said).build();
        return new Fields(api.post(servers.path(id) + "/actions/" + action, body)).in("action").big("id");
    }

    /** The name of a key that the project has, or has from now on; it is found by its fingerprint alone. */
    private String kept(String line) {
        var keys = new Things(api, lists, "/ssh_keys", "ssh_keys", "ssh_key");
        var print = PublicKeys.fingerprint(line);
        var body = Json.createObjectBuilder(Map.<String, Object>of("name", print, "public_key", line.strip()));
        var there = keys.all("fingerprint", print).stream().findFirst();
        return there.orElseGet(() -> keys.make(body.build())).text("name");
    }

    private static Server told(Fields server) {
        var net = server.in("public_net");
        var v6 = net.maybeIn("ipv6").map(address -> address.text("ip").replace("::/64", "::1"));
        return new Server(
                server.text("id"),
                Mark.among(server.in("labels").maybeText(MARK).stream()),
                server.text("name"),
                state(server.text("status")),
                Stream.concat(net.maybeIn("ipv4").map(address -> address.text("ip")).stream(), v6.stream()).toList(),
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

    private static Progress progress(Fields action) {
        return switch (action.text("status")) {
            case "success" -> Progress.done();
            case "error" -> Progress.failed(action.in("error").text("message"));
            default -> Progress.running(action.whole("progress"));
        };
    }

    private static boolean isLast(Fields answer, int page, int read) {
        return answer.in("meta").in("pagination").maybeText("next_page").isEmpty();
    }

    private static String digest(Wish wish) {
        return PublicKeys.digest(
                wish.keys().stream().map(PublicKeys::fingerprint).sorted().toList().toString());
    }

    private static Task task(long action) {
        return new Task(String.valueOf(action));
    }
}
