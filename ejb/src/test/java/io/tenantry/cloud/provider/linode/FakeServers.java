package io.tenantry.cloud.provider.linode;

import static io.tenantry.cloud.provider.linode.FakeLinode.fine;
import static io.tenantry.cloud.provider.linode.FakeLinode.missing;
import static io.tenantry.cloud.provider.linode.FakeLinode.refused;
import static io.tenantry.cloud.provider.linode.FakeLinode.text;

import io.tenantry.cloud.provider.FakeProvider.CannedAnswer;
import io.tenantry.cloud.provider.FakeProvider.RecordedCall;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The servers of the fake Linode. */
final class FakeServers {
    private static final Set<String> AT_REST = Set.of("running", "offline");

    private final FakeLinodeResources store;

    FakeServers(FakeLinodeResources store) {
        this.store = store;
    }

    CannedAnswer create(JsonObject sent) {
        var label = text(sent, "label").orElse("");
        if (!label.matches("[a-zA-Z]((?!--|__|\\.\\.)[a-zA-Z0-9-_.])+") || label.length() > 64) {
            return refused(400, "Label is not one");
        }
        if (text(sent, "image").isPresent() && text(sent, "root_pass").isEmpty()) {
            return refused(400, "root_pass is required with an image");
        }
        if (store.servers.values().stream()
                .anyMatch(server -> server.getString("label").equals(label))) {
            return refused(400, "Label must be unique among your linodes");
        }
        var tags = sent.getJsonArray("tags").getValuesAs(JsonString::getString);
        var id = store.server(label, tags, "provisioning");
        store.set(id, "type", sent.getValue("/type"));
        store.set(id, "region", sent.getValue("/region"));
        store.work(id, "provisioning", "running");
        store.event("linode_create", id);
        store.event("linode_boot", id);
        return CannedAnswer.of(200, store.server(id));
    }

    /** @param rest of the path, after the server's number */
    CannedAnswer answer(RecordedCall request, String rest, List<Long> numbers) {
        long id = numbers.get(0);
        if (!store.servers.containsKey(id)) {
            return missing();
        }
        var server = store.server(id);
        if (rest.startsWith("/ips/")) {
            return address(request, id, rest.substring("/ips/".length()));
        }
        return switch (request.method() + " " + rest) {
            case "GET " -> CannedAnswer.of(200, server);
            case "DELETE " -> {
                store.servers.remove(id);
                yield fine("{}");
            }
            case "POST /boot" ->
                is(server, "running")
                        ? refused(400, "Linode " + id + " already booted.")
                        : job(id, "linode_boot", "booting", "running");
            case "POST /reboot" -> job(id, "linode_reboot", "rebooting", "running");
            case "POST /shutdown" -> job(id, "linode_shutdown", "shutting_down", "offline");
            case "POST /resize" -> resize(id, server, request.body());
            case "POST /rebuild" -> job(id, "linode_rebuild", "rebuilding", "running");
            case "POST /password" ->
                is(server, "offline")
                        ? job(id, "password_reset", "offline", "offline")
                        : refused(400, "Linode must be powered off");
            case "GET /firewalls" -> FakeLinode.list(request, new FakeFirewalls(store).of(id));
            case "GET /ips" -> CannedAnswer.of(200, ips(id));
            case "POST /ips" -> oneMore(id, request.body());
            case "GET /transfer" -> fine("{\"used\": 22956600198, \"quota\": 2000, \"billable\": 0}");
            case "GET /transfer/#/#" ->
                fine("{\"bytes_in\": " + numbers.get(1) + ", \"bytes_out\": " + numbers.get(2)
                        + ", \"bytes_total\": 0}");
            case "GET /stats", "GET /stats/#/#" ->
                store.stats.isEmpty()
                        ? refused(400, "Stats are unavailable at this time.")
                        : CannedAnswer.of(200, store.stats);
            case "GET /backups" -> CannedAnswer.of(200, backups(id));
            case "GET /backups/#" -> copy(id, numbers.get(1));
            case "POST /backups" -> snapshot(id, server, request.body());
            case "POST /backups/enable" -> backups(id, true);
            case "POST /backups/cancel" -> backups(id, false);
            case "POST /backups/#/restore" -> job(id, "backups_restore", "restoring", "offline");
            default -> missing();
        };
    }

    private CannedAnswer address(RecordedCall request, long id, String address) {
        if (request.method().equals("PUT")) {
            store.names.put(address, request.body().getValue("/rdns"));
            return fine("{\"type\": \"ipv4\"}");
        }
        var left = ipv4(id);
        if (!left.remove(address)) {
            return missing();
        }
        if (left.stream().allMatch(FakeServers::isPrivate)) {
            return refused(400, "The last public address stays.");
        }
        store.set(id, "ipv4", Json.createArrayBuilder(left).build());
        return fine("{}");
    }

    private JsonObject ips(long id) {
        var shared = Json.createArrayBuilder();
        var own = Json.createArrayBuilder();
        ipv4(id).forEach(address -> (isPrivate(address) ? own : shared).add(ip(address)));
        return Json.createObjectBuilder()
                .add("ipv4", Json.createObjectBuilder().add("public", shared).add("private", own))
                .build();
    }

    private CannedAnswer oneMore(long id, JsonObject sent) {
        if (!sent.getString("type").equals("ipv4") || !sent.getBoolean("public")) {
            return refused(400, "type must be ipv4");
        }
        var address = "198.51.100." + store.next() % 250;
        var all = ipv4(id);
        all.add(address);
        store.set(id, "ipv4", Json.createArrayBuilder(all).build());
        return CannedAnswer.of(200, ip(address));
    }

    private List<String> ipv4(long id) {
        return new ArrayList<>(store.server(id).getJsonArray("ipv4").getValuesAs(JsonString::getString));
    }

    private static boolean isPrivate(String address) {
        return address.startsWith("192.168.");
    }

    private static JsonObject ip(String address) {
        return Json.createObjectBuilder()
                .add("address", address)
                .add("type", "ipv4")
                .build();
    }

    private CannedAnswer job(long id, String action, String now, String then) {
        if (!AT_REST.contains(store.server(id).getString("status"))) {
            return refused(400, "Linode busy.");
        }
        store.work(id, now, then);
        store.event(action, id);
        return fine("{}");
    }

    private CannedAnswer resize(long id, JsonObject server, JsonObject sent) {
        if (sent.getString("type").equals("g6-nanode-1")) {
            return refused(400, "Linode has allocated more disk than the new service plan allows.");
        }
        if (sent.getString("type").equals(server.getString("type"))) {
            return refused(400, "Linode is already running this service plan.");
        }
        store.event("linode_resize_create", id, "notification");
        var cannedAnswer = job(id, "linode_resize", "migrating", server.getString("status"));
        store.set(id, "type", sent.getValue("/type"));
        return cannedAnswer;
    }

    private JsonObject backups(long id) {
        var automatic = Json.createArrayBuilder();
        var snapshot = Json.createObjectBuilder().addNull("current").addNull("in_progress");
        for (var copy : store.copies.getOrDefault(id, List.of())) {
            if (copy.getString("type").equals("auto")) {
                automatic.add(copy);
            } else {
                snapshot.add(copy.getString("status").equals("successful") ? "current" : "in_progress", copy);
            }
        }
        return Json.createObjectBuilder()
                .add("automatic", automatic)
                .add("snapshot", snapshot)
                .build();
    }

    private CannedAnswer copy(long id, long copyId) {
        return store.copies.getOrDefault(id, List.of()).stream()
                .filter(copy -> copy.getInt("id") == copyId)
                .findFirst()
                .map(copy -> CannedAnswer.of(200, copy))
                .orElse(missing());
    }

    private CannedAnswer snapshot(long id, JsonObject server, JsonObject sent) {
        if (!server.getJsonObject("backups").getBoolean("enabled")) {
            return refused(400, "Backups are not enabled for this Linode");
        }
        var copies = store.copies.computeIfAbsent(id, none -> new ArrayList<>());
        copies.removeIf(copy -> copy.getString("type").equals("snapshot"));
        var copy = Json.createObjectBuilder(FakeLinode.object("""
                {"type": "snapshot", "status": "pending", "available": true, "created": "2026-11-22T10:00:00",
                 "finished": null, "configs": ["Debian"],
                 "disks": [{"label": "Debian", "filesystem": "ext4", "size": 50688}, {"label": "Swap", "filesystem": "swap", "size": 512}]}
                """))
                .add("id", store.next())
                .add("label", sent.getValue("/label"))
                .build();
        copies.add(copy);
        return CannedAnswer.of(200, copy);
    }

    private CannedAnswer backups(long id, boolean on) {
        var before = store.server(id).getJsonObject("backups");
        if (before.getBoolean("enabled") == on) {
            return refused(400, "Backups are so already");
        }
        store.set(id, "backups", FakeLinodeResources.with(before, "enabled", on ? JsonValue.TRUE : JsonValue.FALSE));
        return fine("{}");
    }

    private static boolean is(JsonObject server, String status) {
        return server.getString("status").equals(status);
    }
}
