package io.tenantry.cloud.provider.hetzner;

import io.tenantry.cloud.provider.FakeProvider;
import io.tenantry.cloud.provider.PublicKeys;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Hetzner Cloud as far as the adapter uses it, with its paths and messages: pages of fifty, and actions that end on demand. */
final class FakeHetzner extends FakeProvider {
    private static final Pattern OF_SERVER = Pattern.compile("/servers/([0-9]+)(/actions(?:/([a-z_]+))?)?");
    private static final Pattern OF_FIREWALL = Pattern.compile("/firewalls/([0-9]+)/actions/([a-z_]+)");
    private static final Pattern ACTION = Pattern.compile("/actions/([0-9]+)");
    private static final Set<String> WORDLESS =
            Set.of("poweron", "poweroff", "shutdown", "reboot", "reset", "disable_rescue");
    private static final int EACH_MAX = 50;

    private final Map<Long, FakeServer> servers = new LinkedHashMap<>();
    private final Map<Long, FakeAction> actions = new LinkedHashMap<>();
    private final List<JsonObject> keys = new ArrayList<>();
    private final Map<Long, JsonObject> firewalls = new LinkedHashMap<>();
    private long last = 4_711;

    /** Adds this number of third-party servers, with their own labels. */
    synchronized void addForeignServers(int count) {
        for (var i = 0; i < count; i++) {
            add("other-" + i, "cx22", json("{'owner':'somebody'}")).status = "running";
        }
    }

    /** Completes all requested operations. */
    synchronized void completeTasks() {
        actions.values().forEach(FakeAction::end);
    }

    /** Makes the last requested action fail. */
    synchronized void failTasks() {
        Objects.requireNonNull(actions.get(last)).status = "error";
    }

    synchronized FakeServer server(String id) {
        return Objects.requireNonNull(servers.get(Long.valueOf(id)));
    }

    /** Returns the commands sent to servers, in Hetzner's terms. */
    synchronized List<String> commands() {
        return actions.values().stream().map(action -> action.command).toList();
    }

    synchronized List<JsonObject> keys() {
        return List.copyOf(keys);
    }

    @Override
    protected CannedAnswer answer(RecordedCall recordedCall) {
        if (!"Bearer a-good-token".equals(recordedCall.headers().get("Authorization"))) {
            return refusal(401, "unauthorized");
        }
        var what = recordedCall.method() + " " + recordedCall.path();
        return switch (what) {
            case "GET /pricing" -> CannedAnswer.of(200, json("{'pricing':{'currency':'EUR'}}"));
            case "GET /locations" -> page(recordedCall, "locations", FakeHetznerCatalog.LOCATIONS);
            case "GET /server_types" ->
                page(recordedCall, "server_types", matching(recordedCall, "name", FakeHetznerCatalog.TYPES));
            case "GET /images" ->
                page(recordedCall, "images", matching(recordedCall, "architecture", FakeHetznerCatalog.IMAGES));
            case "GET /ssh_keys" -> page(recordedCall, "ssh_keys", matching(recordedCall, "fingerprint", keys));
            case "POST /ssh_keys" -> keep(recordedCall.body());
            case "GET /firewalls" ->
                page(recordedCall, "firewalls", matching(recordedCall, "name", List.copyOf(firewalls.values())));
            case "POST /firewalls" -> told(201, "firewall", keepFirewall(recordedCall.body()));
            case "GET /servers" ->
                page(recordedCall, "servers", labelled(recordedCall.query().getOrDefault("label_selector", "")));
            case "POST /servers" -> make(recordedCall.body());
            default -> other(recordedCall);
        };
    }

    private CannedAnswer other(RecordedCall recordedCall) {
        var action = ACTION.matcher(recordedCall.path());
        if (action.matches()) {
            var one = actions.get(Long.valueOf(action.group(1)));
            return one == null ? refusal(404, "not_found") : told(200, "action", one.told());
        }
        var firewall = OF_FIREWALL.matcher(recordedCall.path());
        if (firewall.matches()) {
            return around(Long.valueOf(firewall.group(1)), firewall.group(2), recordedCall.body());
        }
        var path = OF_SERVER.matcher(recordedCall.path());
        var server = path.matches() ? servers.get(Long.valueOf(path.group(1))) : null;
        if (server == null) {
            return refusal(404, "not_found");
        }
        var what = path.group(3);
        if (what != null) {
            var unwanted = WORDLESS.contains(what) && recordedCall.headers().containsKey("Content-type");
            return unwanted ? refusal(415, "unsupported_media_type") : act(server, what, recordedCall.body());
        }
        if (path.group(2) != null) {
            return page(
                    recordedCall, "actions", of(server).map(FakeAction::told).toList());
        }
        if (recordedCall.method().equals("DELETE")) {
            servers.remove(server.id);
        }
        return told(200, "server", server.told(isLocked(server)));
    }

    /** Adds a third-party firewall of another name around a server, or one of our name with such rules. */
    synchronized void addFirewall(String serverId, String name, String rules) {
        var body = json("{'name':'" + name + "','rules':" + rules + "}");
        server(serverId).firewalls.put(Long.valueOf(keepFirewall(body).getInt("id")), true);
    }

    /** Removes all firewalls from the server. */
    synchronized void removeFirewalls(String serverId) {
        server(serverId).firewalls.clear();
        firewalls.clear();
    }

    synchronized List<JsonObject> firewalls() {
        return List.copyOf(firewalls.values());
    }

    private JsonObject keepFirewall(JsonObject body) {
        var firewall = Json.createObjectBuilder(body).add("id", ++last).build();
        firewalls.put(last, firewall);
        return firewall;
    }

    private CannedAnswer around(long firewall, String what, JsonObject body) {
        var isApplied = what.equals("apply_to_resources");
        var whom = body.getJsonArray(isApplied ? "apply_to" : "remove_from").getJsonObject(0);
        var server =
                servers.get(whom.getJsonObject("server").getJsonNumber("id").longValue());
        if (server == null || !firewalls.containsKey(firewall)) {
            return refusal(404, "firewall_resource_not_found");
        }
        if (isApplied && server.firewalls.containsKey(firewall)) {
            return refusal(422, "firewall_already_applied");
        }
        var action = isApplied
                ? ask(server, "apply_firewall", () -> server.firewalls.put(firewall, true))
                : ask(server, "remove_firewall", () -> server.firewalls.remove(firewall));
        if (isApplied) {
            server.firewalls.put(firewall, false);
        }
        return CannedAnswer.of(
                201,
                Json.createObjectBuilder()
                        .add("actions", Json.createArrayBuilder().add(action.told()))
                        .build());
    }

    private CannedAnswer keep(JsonObject body) {
        var key = Json.createObjectBuilder(body)
                .add("id", ++last)
                .add("fingerprint", PublicKeys.fingerprint(body.getString("public_key")))
                .build();
        keys.add(key);
        return told(201, "ssh_key", key);
    }

    private CannedAnswer make(JsonObject body) {
        var name = body.getString("name");
        if (servers.values().stream().anyMatch(server -> server.name.equals(name))) {
            return refusal(409, "uniqueness_error");
        }
        var server = add(name, body.getString("server_type"), body.getJsonObject("labels"));
        ask(server, "create_server", () -> server.status = "running");
        return told(201, "server", server.told(true));
    }

    private CannedAnswer act(FakeServer server, String what, JsonObject body) {
        if (isLocked(server)) {
            return refusal(423, "locked");
        }
        if (what.equals("change_type") && !server.status.equals("off")) {
            return refusal(422, "server_not_stopped");
        }
        var action = switch (what) {
            case "poweron" -> ask(server, "start_server", server::boot);
            case "poweroff" -> ask(server, "stop_server", () -> server.status = "off");
            case "shutdown" -> ask(server, "shutdown_server", server::hear);
            case "reboot" -> ask(server, "reboot_server", server::boot);
            case "reset" -> ask(server, "reset_server", server::boot);
            case "disable_rescue" -> ask(server, what, () -> server.rescueEnabled = false);
            case "enable_rescue" ->
                ask(server, what, () -> {
                    server.rescueEnabled = true;
                    server.rescueKeys = String.valueOf(body.get("ssh_keys"));
                });
            case "rebuild" -> ask(server, "rebuild_server", () -> server.image = body.getString("image"));
            case "change_type" -> ask(server, "change_server_type", () -> server.type = body.getString("server_type"));
            case "change_dns_ptr" ->
                ask(
                        server,
                        "change_dns_ptr",
                        () -> server.names.put(body.getString("ip"), String.valueOf(body.get("dns_ptr"))));
            default -> null;
        };
        return action == null ? refusal(404, "not_found") : told(201, "action", action.told());
    }

    private FakeServer add(String name, String type, JsonObject labels) {
        var server = new FakeServer(++last, name, type, labels);
        servers.put(server.id, server);
        return server;
    }

    private FakeAction ask(FakeServer server, String command, Runnable effect) {
        var action = new FakeAction(++last, server, command, effect);
        actions.put(action.id, action);
        return action;
    }

    private Stream<FakeAction> of(FakeServer server) {
        return actions.values().stream().filter(action -> action.server.id == server.id);
    }

    private boolean isLocked(FakeServer server) {
        return of(server).anyMatch(action -> action.status.equals("running"));
    }

    private List<JsonObject> labelled(String selector) {
        var parts = selector.split("==", 2);
        return servers.values().stream()
                .filter(server -> parts.length < 2
                        || server.labels.getString(parts[0], "").equals(parts[1]))
                .map(server -> server.told(isLocked(server)))
                .toList();
    }

    private static List<JsonObject> matching(RecordedCall recordedCall, String field, List<JsonObject> all) {
        var wanted = recordedCall.query().get(field);
        return all.stream()
                .filter(one -> wanted == null || wanted.equals(one.getString(field)))
                .toList();
    }

    private static CannedAnswer page(RecordedCall recordedCall, String name, Collection<JsonObject> all) {
        var each = Math.min(EACH_MAX, Integer.parseInt(recordedCall.query().getOrDefault("per_page", "25")));
        var number = Integer.parseInt(recordedCall.query().getOrDefault("page", "1"));
        var things = Json.createArrayBuilder();
        all.stream().skip((number - 1L) * each).limit(each).forEach(things::add);
        var pages = Json.createObjectBuilder().add("page", number).add("total_entries", all.size());
        if ((long) number * each < all.size()) {
            pages.add("last_page", (all.size() + each - 1) / each);
        } else {
            pages.addNull("last_page");
        }
        return CannedAnswer.of(
                200,
                Json.createObjectBuilder()
                        .add(name, things)
                        .add("meta", Json.createObjectBuilder().add("pagination", pages))
                        .build());
    }

    private static CannedAnswer told(int status, String name, JsonObject thing) {
        return CannedAnswer.of(
                status, Json.createObjectBuilder().add(name, thing).build());
    }

    private static CannedAnswer refusal(int status, String code) {
        return CannedAnswer.of(status, json("{'error':{'code':'" + code + "','message':'so it is'}}"));
    }

    /** Parses JSON written with single quotation marks. */
    static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
            return reader.readObject();
        }
    }
}
