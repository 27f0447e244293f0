package io.tenantry.cloud.provider.linode;

import static io.tenantry.cloud.provider.linode.FakeLinode.missing;
import static io.tenantry.cloud.provider.linode.FakeLinode.refused;

import io.tenantry.cloud.provider.FakeProvider.CannedAnswer;
import io.tenantry.cloud.provider.FakeProvider.RecordedCall;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The Cloud Firewalls of the fake Linode, and the servers behind them. */
final class FakeFirewalls {
    private final FakeLinodeResources store;

    FakeFirewalls(FakeLinodeResources store) {
        this.store = store;
    }

    /** Adds a third-party firewall with a server behind it. */
    void addFirewall(long server, String label, String policy, String status) {
        store.devices.put(store.next(), List.of(server, keep(label, rules(policy), status)));
    }

    /** Returns the firewalls of a server. */
    List<JsonObject> of(long server) {
        return store.devices.values().stream()
                .filter(device -> device.get(0) == server)
                .map(device -> one(device.get(1)))
                .toList();
    }

    CannedAnswer answer(RecordedCall request, String shape, List<Long> numbers) {
        return switch (request.method() + " " + shape.substring("/networking/firewalls".length())) {
            case "GET " -> FakeLinode.list(request, store.firewalls.values());
            case "POST " -> make(request.body());
            case "GET /#/devices" -> FakeLinode.list(request, devices(numbers.get(0)));
            case "POST /#/devices" -> attach(numbers.get(0), request.body());
            case "DELETE /#/devices/#" ->
                store.devices.remove(numbers.get(1)) == null
                        ? missing()
                        : CannedAnswer.of(200, JsonValue.EMPTY_JSON_OBJECT);
            default -> missing();
        };
    }

    private CannedAnswer make(JsonObject sent) {
        var label = sent.getString("label");
        if (store.firewalls.values().stream()
                .anyMatch(one -> one.getString("label").equals(label))) {
            return refused(400, "Label must be unique among your Cloud Firewalls");
        }
        return CannedAnswer.of(200, one(keep(label, sent.getJsonObject("rules"), "enabled")));
    }

    private CannedAnswer attach(long firewall, JsonObject sent) {
        var server = sent.getJsonNumber("id").longValue();
        if (!of(server).isEmpty()) {
            return refused(400, "Linode is already assigned to a Firewall");
        }
        var id = store.next();
        store.devices.put(id, List.of(server, firewall));
        return CannedAnswer.of(200, device(id, server));
    }

    private JsonObject one(long firewall) {
        return Objects.requireNonNull(store.firewalls.get(firewall));
    }

    private List<JsonObject> devices(long firewall) {
        return store.devices.entrySet().stream()
                .filter(one -> one.getValue().get(1) == firewall)
                .map(one -> device(one.getKey(), one.getValue().get(0)))
                .toList();
    }

    private long keep(String label, JsonObject rules, String status) {
        var id = store.next();
        store.firewalls.put(
                id,
                Json.createObjectBuilder()
                        .add("id", id)
                        .add("label", label)
                        .add("status", status)
                        .add("rules", rules)
                        .build());
        return id;
    }

    private static JsonObject rules(String policy) {
        return Json.createObjectBuilder(Map.of("inbound_policy", policy, "outbound_policy", policy))
                .build();
    }

    private static JsonObject device(long id, long server) {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("entity", Json.createObjectBuilder().add("id", server).add("type", "linode"))
                .build();
    }
}
