package io.tenantry.cloud.provider.linode;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The stored resources of the fake Linode, each as returned in responses. */
final class FakeLinodeResources {
    final Map<Long, JsonObject> servers = new LinkedHashMap<>();
    final Map<Long, JsonObject> volumes = new LinkedHashMap<>();
    final Map<Long, JsonObject> keys = new LinkedHashMap<>();
    final Map<Long, JsonObject> firewalls = new LinkedHashMap<>();

    /** The server and the firewall of each device: two numbers. */
    final Map<Long, List<Long>> devices = new LinkedHashMap<>();

    final List<JsonObject> events = new ArrayList<>();

    /** Copies of servers' disks by server number; the requested one is of type snapshot. */
    final Map<Long, List<JsonObject>> copies = new LinkedHashMap<>();

    /** Names of addresses as they were sent; JSON's null for the provider's own. */
    final Map<String, JsonValue> names = new LinkedHashMap<>();

    /** The measurements of a server; none yet if empty. */
    JsonObject stats = JsonValue.EMPTY_JSON_OBJECT;

    private final Map<Long, String> becoming = new LinkedHashMap<>();
    private long last = 1000;

    long next() {
        return ++last;
    }

    long server(String label, List<String> tags, String status) {
        var id = next();
        var server = Json.createObjectBuilder(FakeLinode.object("""
                {"type": "g6-standard-1", "region": "eu-central", "image": "linode/debian12", "group": "",
                 "ipv6": "2a01:7e01::f03c:95ff:fe24:3a2f/128", "created": "2026-10-03T08:15:00", "hypervisor": "kvm",
                 "backups": {"enabled": false, "available": false, "last_successful": null},
                 "specs": {"disk": 51200, "memory": 2048, "vcpus": 1, "gpus": 0, "transfer": 2000}}
                """))
                .add("id", id)
                .add("label", label)
                .add("tags", Json.createArrayBuilder(tags))
                .add("ipv4", Json.createArrayBuilder().add("192.168.133.7").add("203.0.113." + id % 250))
                .add("status", status);
        servers.put(id, server.build());
        return id;
    }

    JsonObject key(JsonObject sent) {
        var id = next();
        var key = Json.createObjectBuilder(sent)
                .add("id", id)
                .add("created", "2026-11-01T00:00:00")
                .build();
        keys.put(id, key);
        return key;
    }

    JsonObject server(long id) {
        return Objects.requireNonNull(servers.get(id));
    }

    /** Changes a field of a server. */
    void set(long id, String name, JsonValue value) {
        servers.put(id, with(server(id), name, value));
    }

    /** Puts the server into one state now, and into another afterwards. */
    void work(long id, String now, String then) {
        set(id, "status", Json.createValue(now));
        becoming.put(id, then);
    }

    /** Adds an event of an operation in progress, half complete. */
    long event(String action, long entity) {
        return event(action, entity, "started");
    }

    long event(String action, long entity, String status) {
        var id = next();
        events.add(Json.createObjectBuilder()
                .add("id", id)
                .add("action", action)
                .add("created", "2026-11-22T09:59:59")
                .add("entity", Json.createObjectBuilder().add("id", entity).add("type", "linode"))
                .add("status", status)
                .add("percent_complete", 50)
                .addNull("message")
                .build());
        return id;
    }

    void completeTasks() {
        becoming.forEach((id, status) -> {
            if (servers.containsKey(id)) {
                set(id, "status", Json.createValue(status));
            }
        });
        becoming.clear();
        events.replaceAll(event -> event.getString("status").equals("started")
                ? with(event, "status", Json.createValue("finished"))
                : event);
        volumes.replaceAll((id, volume) -> with(volume, "status", Json.createValue("active")));
        copies.values().forEach(of -> of.replaceAll(copy -> with(copy, "status", Json.createValue("successful"))));
    }

    static JsonObject with(JsonObject object, String name, JsonValue value) {
        return Json.createObjectBuilder(object).add(name, value).build();
    }
}
