package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.NetworkIsolation;
import io.tenantry.cloud.provider.NetworkIsolation.Reachability;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import jakarta.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * One Cloud Firewall per account, which drops all traffic in both directions, and whose devices are the isolated Linodes. Linode allows one
 * enabled firewall per server, so a server behind another owner's stays there. Labels are unique: of two concurrent creations, one is refused.
 */
record IsolationFirewall(ProviderHttp api) {
    private static final String PATH = "/networking/firewalls";
    private static final String LABEL = "label";
    private static final String LINODE = "linode";
    private static final String DROP = "DROP";

    void cutOff(String serverId) {
        var around = around(serverId);
        if (around.stream().anyMatch(one -> !isOurs(one))) {
            throw new ProviderFailure(Reason.INVALID, "Linode " + serverId + " is behind a third-party firewall");
        }
        var ours = ours().orElseGet(this::make);
        if (!isShut(ours)) {
            throw new ProviderFailure(
                    Reason.INVALID, "the firewall " + NetworkIsolation.FIREWALL + " lets traffic through");
        }
        if (around.isEmpty()) {
            attach(ours, serverId);
        }
    }

    void reconnect(String serverId) {
        ours().ifPresent(ours -> detach(ours, serverId));
    }

    void attach(JsonFields firewall, String serverId) {
        var device =
                Json.createObjectBuilder().add("id", LinodeIds.number(serverId)).add("type", LINODE);
        var unused = api.post(devices(firewall), device.build());
    }

    void detach(JsonFields firewall, String serverId) {
        LinodePaging.all(api, devices(firewall)).stream()
                .filter(device -> isOf(device.in("entity"), serverId))
                .forEach(device -> api.delete(devices(firewall) + "/" + LinodeIds.number(device.text("id"))));
    }

    Reachability reach(String serverId) {
        var around = around(serverId);
        if (around.stream().noneMatch(IsolationFirewall::isOurs)) {
            return Reachability.CONNECTED;
        }
        return around.stream().allMatch(one -> isOurs(one) && isShut(one))
                ? Reachability.ISOLATED
                : Reachability.PARTIAL;
    }

    /** Disabled firewalls have no effect. */
    private List<JsonFields> around(String serverId) {
        return LinodePaging.all(api, LinodeIds.server(serverId) + "/firewalls").stream()
                .filter(one -> isOurs(one) || !one.text("status").equals("disabled"))
                .toList();
    }

    private Optional<JsonFields> ours() {
        var named =
                Json.createObjectBuilder().add(LABEL, NetworkIsolation.FIREWALL).build();
        return LinodePaging.all(api, PATH, named).stream()
                .filter(IsolationFirewall::isOurs)
                .findFirst();
    }

    JsonFields make() {
        var rules = Json.createObjectBuilder().add("inbound_policy", DROP).add("outbound_policy", DROP);
        return new JsonFields(api.post(
                PATH,
                Json.createObjectBuilder()
                        .add(LABEL, NetworkIsolation.FIREWALL)
                        .add("rules", rules)
                        .build()));
    }

    private static String devices(JsonFields firewall) {
        return PATH + "/" + LinodeIds.number(firewall.text("id")) + "/devices";
    }

    private static boolean isOf(JsonFields entity, String serverId) {
        return entity.text("type").equals(LINODE) && entity.text("id").equals(serverId);
    }

    private static boolean isOurs(JsonFields firewall) {
        return firewall.text(LABEL).equals(NetworkIsolation.FIREWALL);
    }

    private static boolean isShut(JsonFields firewall) {
        var rules = firewall.in("rules");
        return firewall.text("status").equals("enabled")
                && rules.text("inbound_policy").equals(DROP)
                && rules.text("outbound_policy").equals(DROP)
                && rules.each("inbound").isEmpty()
                && rules.each("outbound").isEmpty();
    }
}
