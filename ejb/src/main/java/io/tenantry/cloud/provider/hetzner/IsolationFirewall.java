package io.tenantry.cloud.provider.hetzner;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.NetworkIsolation;
import io.tenantry.cloud.provider.NetworkIsolation.Reachability;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceCollection;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.util.List;
import java.util.Optional;

/**
 * One firewall per project that applies to isolated servers. Without a rule for inbound traffic, none is permitted; but outbound traffic is
 * dropped only if there is a rule for it, so there is one to an address that leads nowhere. The permissions of several firewalls add up.
 */
record IsolationFirewall(ResourceCollection servers, ResourceCollection firewalls) {
    /** Reserved for documentation, so it belongs to no host. */
    private static final String NOWHERE = "192.0.2.1/32";

    private static final String OUT = "out";

    ProviderTask cutOff(String serverId) {
        var around = around(serverId);
        var ours = ours();
        if (around.stream()
                .anyMatch(one -> ours.filter(known -> isSame(known, one)).isEmpty())) {
            throw new ProviderFailure(Reason.INVALID, "server " + serverId + " is behind a third-party firewall");
        }
        if (ours.filter(known -> !isShut(known)).isPresent()) {
            throw new ProviderFailure(
                    Reason.INVALID, "the firewall " + NetworkIsolation.FIREWALL + " lets traffic through");
        }
        if (!around.isEmpty()) {
            return ProviderTask.NOTHING;
        }
        return ask(ours.orElseGet(this::make), "apply_to_resources", "apply_to", serverId);
    }

    ProviderTask reconnect(String serverId) {
        var around = around(serverId);
        return ours().filter(known -> around.stream().anyMatch(one -> isSame(known, one)))
                .map(known -> ask(known, "remove_from_resources", "remove_from", serverId))
                .orElse(ProviderTask.NOTHING);
    }

    Reachability reach(String serverId) {
        var around = around(serverId);
        var ours = ours();
        if (around.stream()
                .noneMatch(one -> ours.filter(known -> isSame(known, one)).isPresent())) {
            return Reachability.CONNECTED;
        }
        var isCut = around.size() == 1
                && around.get(0).text("status").equals("applied")
                && ours.filter(IsolationFirewall::isShut).isPresent();
        return isCut ? Reachability.ISOLATED : Reachability.PARTIAL;
    }

    /** Returns the firewalls that apply to the server, regardless of their owner. */
    private List<JsonFields> around(String serverId) {
        return servers.get(serverId).in("public_net").each("firewalls");
    }

    private Optional<JsonFields> ours() {
        return firewalls.all("name", NetworkIsolation.FIREWALL).stream().findFirst();
    }

    JsonFields make() {
        var rule = Json.createObjectBuilder()
                .add("direction", OUT)
                .add("protocol", "tcp")
                .add("port", "9")
                .add("destination_ips", Json.createArrayBuilder().add(NOWHERE));
        return firewalls.make(Json.createObjectBuilder()
                .add("name", NetworkIsolation.FIREWALL)
                .add("rules", Json.createArrayBuilder().add(rule))
                .build());
    }

    ProviderTask ask(JsonFields firewall, String action, String whom, String serverId) {
        var body = Json.createObjectBuilder().add(whom, only(serverId)).build();
        var path = firewalls.path(firewall.text("id")) + "/actions/" + action;
        return new JsonFields(firewalls.api().post(path, body))
                .each("actions").stream()
                        .findFirst()
                        .map(asked -> new ProviderTask(asked.text("id")))
                        .orElse(ProviderTask.NOTHING);
    }

    private static JsonArrayBuilder only(String serverId) {
        var server = Json.createObjectBuilder().add("id", ProviderHttp.number(serverId));
        return Json.createArrayBuilder()
                .add(Json.createObjectBuilder().add("type", "server").add("server", server));
    }

    private static boolean isSame(JsonFields firewall, JsonFields other) {
        return firewall.text("id").equals(other.text("id"));
    }

    private static boolean isShut(JsonFields firewall) {
        var rules = firewall.each("rules");
        return !rules.isEmpty()
                && rules.stream()
                        .allMatch(rule -> rule.text("direction").equals(OUT)
                                && rule.texts("destination_ips").equals(List.of(NOWHERE)));
    }
}
