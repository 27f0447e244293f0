package io.tenantry.cloud.provider.hetzner;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A server at {@link FakeHetzner}. */
final class FakeServer {
    final long id;
    final String name;
    final JsonObject labels;
    final Map<String, String> names = new HashMap<>();

    /** Firewalls by number, and whether they are already applied. */
    final Map<Long, Boolean> firewalls = new LinkedHashMap<>();

    String type;
    String status = "initializing";
    String image = "";
    String rescueKeys = "";
    boolean rescueEnabled;
    boolean rescued;

    /** Ignores shutdown requests. */
    boolean ignoresShutdown;

    FakeServer(long id, String name, String type, JsonObject labels) {
        this.id = id;
        this.name = name;
        this.type = type;
        this.labels = labels;
    }

    void hear() {
        if (!ignoresShutdown) {
            status = "off";
        }
    }

    /** Boots once into rescue, and then from its disk again. */
    void boot() {
        rescued = rescueEnabled;
        rescueEnabled = false;
        status = "running";
    }

    JsonObject told(boolean locked) {
        var net = "{'ipv4':{'ip':'192.0.2.7'},'ipv6':{'ip':'2001:db8:7::/64'}}";
        var around = Json.createArrayBuilder();
        firewalls.forEach((number, applied) -> around.add(
                Json.createObjectBuilder().add("id", number).add("status", applied ? "applied" : "pending")));
        return Json.createObjectBuilder()
                .add("id", id)
                .add("name", name)
                .add("status", status)
                .add("created", "2026-11-22T10:00:00+00:00")
                .add("labels", labels)
                .add("locked", locked)
                .add("rescue_enabled", rescueEnabled)
                .add(
                        "public_net",
                        Json.createObjectBuilder(FakeHetzner.json(net)).add("firewalls", around))
                .add("server_type", Json.createObjectBuilder().add("name", type))
                .add("location", Json.createObjectBuilder().add("name", "fsn1"))
                .add("primary_disk_size", 40)
                .build();
    }
}
