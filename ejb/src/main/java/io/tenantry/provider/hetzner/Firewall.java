package io.tenantry.provider.hetzner;

import io.tenantry.provider.Fields;
import io.tenantry.provider.Isolating;
import io.tenantry.provider.Isolating.Reach;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Task;
import io.tenantry.provider.Things;
import io.tenantry.provider.VendorApi;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.util.List;
import java.util.Optional;

/**
 * One firewall of a project, behind which servers that are cut off stand. Without a rule for what comes in nothing comes in; but what goes out
 * is dropped only if there is a rule for it, so there is one to an address that leads nowhere. What several firewalls let through adds up.
 */
record Firewall(Things servers, Things firewalls) {
    /** Set aside for documentation: nobody has it. */
    private static final String NOWHERE = "192.0.2.1/32";

    private static final String OUT = "out";

    Task cutOff(String serverId) {
        var around = around(serverId);
        var ours = ours();
        if (around.stream()
                .anyMatch(one -> ours.filter(known -> isSame(known, one)).isEmpty())) {
            throw new ProviderFailure(Reason.INVALID, "server " + serverId + " is behind a firewall of others");
        }
        if (ours.filter(known -> !isShut(known)).isPresent()) {
            throw new ProviderFailure(Reason.INVALID, "the firewall " + Isolating.FIREWALL + " lets traffic through");
        }
        if (!around.isEmpty()) {
            return Task.NOTHING;
        }
        return ask(ours.orElseGet(this::make), "apply_to_resources", "apply_to", serverId);
    }

    Task reconnect(String serverId) {
        var around = around(serverId);
        return ours().filter(known -> around.stream().anyMatch(one -> isSame(known, one)))
                .map(known -> ask(known, "remove_from_resources", "remove_from", serverId))
                .orElse(Task.NOTHING);
    }

    Reach reach(String serverId) {
        var around = around(serverId);
        var ours = ours();
        if (around.stream()
                .noneMatch(one -> ours.filter(known -> isSame(known, one)).isPresent())) {
            return Reach.OPEN;
        }
        var isCut = around.size() == 1
                && around.get(0).text("status").equals("applied")
                && ours.filter(Firewall::isShut).isPresent();
        return isCut ? Reach.CUT : Reach.BETWEEN;
    }

    /** Those that the server is behind, whoever put it there. */
    private List<Fields> around(String serverId) {
        return servers.get(serverId).in("public_net").each("firewalls");
    }

    private Optional<Fields> ours() {
        return firewalls.all("name", Isolating.FIREWALL).stream().findFirst();
    }

    Fields make() {
        var rule = Json.createObjectBuilder()
                .add("direction", OUT)
                .add("protocol", "tcp")
                .add("port", "9")
                .add("destination_ips", Json.createArrayBuilder().add(NOWHERE));
        return firewalls.make(Json.createObjectBuilder()
                .add("name", Isolating.FIREWALL)
                .add("rules", Json.createArrayBuilder().add(rule))
                .build());
    }

    Task ask(Fields firewall, String action, String whom, String serverId) {
        var body = Json.createObjectBuilder().add(whom, only(serverId)).build();
        var path = firewalls.path(firewall.text("id")) + "/actions/" + action;
        return new Fields(firewalls.api().post(path, body))
                .each("actions").stream()
                        .findFirst()
                        .map(asked -> new Task(asked.text("id")))
                        .orElse(Task.NOTHING);
    }

    private static JsonArrayBuilder only(String serverId) {
        var server = Json.createObjectBuilder().add("id", VendorApi.number(serverId));
        return Json.createArrayBuilder()
                .add(Json.createObjectBuilder().add("type", "server").add("server", server));
    }

    private static boolean isSame(Fields firewall, Fields other) {
        return firewall.text("id").equals(other.text("id"));
    }

    private static boolean isShut(Fields firewall) {
        var rules = firewall.each("rules");
        return !rules.isEmpty()
                && rules.stream()
                        .allMatch(rule -> rule.text("direction").equals(OUT)
                                && rule.texts("destination_ips").equals(List.of(NOWHERE)));
    }
}
