package io.tenantry.cloud.provider.digitalocean;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A droplet of {@link FakeDigitalOcean}; it can be put into states that it would not reach automatically. */
final class FakeDroplet {
    private static final Map<String, Integer> DISKS = Map.of("s-1vcpu-1gb", 25, "s-2vcpu-2gb", 60);

    final long id;
    final JsonObject order;
    final List<String> tags;
    final Set<String> features = new LinkedHashSet<>();
    private final List<JsonObject> backups = new ArrayList<>();
    String name;
    String size;
    String image;
    String status = "new";
    boolean locked;

    /** The backup frequency, while its backups are on. */
    String plan = "daily";

    /** Ignores shutdown requests. */
    boolean ignoresShutdown;

    FakeDroplet(long id, JsonObject order) {
        this.id = id;
        this.order = order;
        name = order.getString("name");
        size = order.getString("size");
        image = text(order.getOrDefault("image", JsonValue.NULL));
        tags = new ArrayList<>(order.getJsonArray("tags").getValuesAs(FakeDroplet::text));
    }

    static int disk(String size) {
        return DISKS.getOrDefault(size, 0);
    }

    /** Adds a scheduled backup of it. */
    void backedUp(String called) {
        backups.add(Json.createObjectBuilder(copy(called, size))
                .add("id", 6_372_321 + backups.size())
                .add("type", "backup")
                .build());
    }

    /** Returns the JSON of its backup policy. */
    JsonObject policy() {
        var isOn = features.contains("backups");
        var told = Json.createObjectBuilder().add("droplet_id", id).add("backup_enabled", isOn);
        if (isOn) {
            told.add(
                    "backup_policy",
                    Json.createObjectBuilder()
                            .add("plan", plan)
                            .add("hour", 0)
                            .add("window_length_hours", 4)
                            .add("retention_period_days", plan.equals("daily") ? 7 : 28));
        }
        return told.build();
    }

    Collection<JsonObject> backups() {
        return backups;
    }

    /** Returns the JSON of any copy of a disk. */
    static JsonObject copy(String called, String size) {
        return Json.createObjectBuilder()
                .add("name", called)
                .add("created_at", "2020-07-28T16:47:44Z")
                .add("regions", Json.createArrayBuilder().add("fra1"))
                .add("min_disk_size", disk(size))
                .add("size_gigabytes", Json.createValue(new java.math.BigDecimal("2.34")))
                .build();
    }

    /** Returns its JSON; right after its creation, DigitalOcean has not added the tags yet. */
    JsonObject json(boolean tagged) {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("name", name)
                .add("memory", 1024)
                .add("vcpus", 1)
                .add("disk", disk(size))
                .add("locked", locked)
                .add("status", status)
                .add("kernel", JsonValue.NULL)
                .add("created_at", "2020-07-21T18:37:44Z")
                .add("features", texts(features))
                .add("next_backup_window", JsonValue.NULL)
                .add("size_slug", size)
                .add("networks", networks())
                .add("region", Json.createObjectBuilder().add("slug", order.getString("region")))
                .add("tags", texts(tagged ? tags : List.of()))
                .build();
    }

    static String text(JsonValue value) {
        return value instanceof JsonString text ? text.getString() : value.toString();
    }

    private JsonObject networks() {
        var v4 = Json.createArrayBuilder();
        var v6 = Json.createArrayBuilder();
        if (!status.equals("new")) {
            v4.add(network("10.135.0." + id % 250, "private"));
            v4.add(network("192.0.2." + id % 250, "public"));
            v6.add(network("2001:db8::" + id % 250, "public"));
        }
        return Json.createObjectBuilder().add("v4", v4).add("v6", v6).build();
    }

    private static JsonObject network(String address, String type) {
        return Json.createObjectBuilder()
                .add("ip_address", address)
                .add("type", type)
                .build();
    }

    private static JsonArrayBuilder texts(Collection<String> texts) {
        var array = Json.createArrayBuilder();
        texts.forEach(array::add);
        return array;
    }
}
