package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.NetworkIsolation;
import io.tenantry.cloud.provider.NetworkIsolation.Reachability;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * One firewall per account that applies to all droplets with a tag of its name: the number of droplets assigned directly is limited, the number
 * of tagged droplets is not. Traffic that no rule permits is dropped in both directions; since a rule is required, there is one for an address
 * that leads nowhere. The permissions of several firewalls add up.
 */
record IsolationFirewall(ProviderHttp api, DigitalOceanPaging pages, Droplets droplets) {
    /** Reserved for documentation, so it belongs to no host. */
    private static final String NOWHERE = "192.0.2.1";

    private static final String PATH = "/v2/firewalls";
    private static final String LIST = "firewalls";
    private static final String TAG = "/v2/tags/" + NetworkIsolation.FIREWALL;
    private static final String NAME = "name";

    void cutOff(String dropletId) {
        var around = around(dropletId);
        if (around.stream().anyMatch(one -> !isOurs(one))) {
            throw new ProviderFailure(Reason.INVALID, "droplet " + dropletId + " is behind a third-party firewall");
        }
        var ours = ours();
        if (ours.stream().anyMatch(one -> !isShut(one))) {
            throw new ProviderFailure(
                    Reason.INVALID, "the firewall " + NetworkIsolation.FIREWALL + " lets traffic through");
        }
        if (ours.isEmpty()) {
            make();
        }
        if (!isTagged(dropletId)) {
            tag(dropletId, true);
        }
    }

    void reconnect(String dropletId) {
        if (isTagged(dropletId)) {
            tag(dropletId, false);
        }
    }

    Reachability reach(String dropletId) {
        var around = around(dropletId);
        var isTagged = isTagged(dropletId);
        if (!isTagged && around.stream().noneMatch(IsolationFirewall::isOurs)) {
            return Reachability.CONNECTED;
        }
        var isCut = isTagged
                && !around.isEmpty()
                && around.stream().allMatch(one -> isOurs(one) && isShut(one) && !isPending(one, dropletId));
        return isCut ? Reachability.ISOLATED : Reachability.PARTIAL;
    }

    private List<JsonFields> around(String dropletId) {
        return pages.all("/v2/droplets/" + ProviderHttp.number(dropletId) + "/firewalls", LIST);
    }

    private List<JsonFields> ours() {
        return pages.all(PATH, LIST).stream().filter(IsolationFirewall::isOurs).toList();
    }

    private boolean isTagged(String dropletId) {
        return droplets.get(dropletId).texts("tags").contains(NetworkIsolation.FIREWALL);
    }

    /** Idempotent. */
    void tag(String dropletId, boolean isCutOff) {
        if (isCutOff) {
            var unused = api.postAgain(TAG + "/resources", only(dropletId));
        } else {
            api.delete(TAG + "/resources", only(dropletId));
        }
    }

    /** The tag must exist before a firewall can refer to it. */
    void make() {
        if (api.find(TAG).isEmpty()) {
            var unused = api.post(
                    "/v2/tags",
                    Json.createObjectBuilder()
                            .add(NAME, NetworkIsolation.FIREWALL)
                            .build());
        }
        var rule = Json.createObjectBuilder()
                .add("protocol", "tcp")
                .add("ports", "9")
                .add(
                        "sources",
                        Json.createObjectBuilder()
                                .add("addresses", Json.createArrayBuilder().add(NOWHERE)));
        var unused = api.post(
                PATH,
                Json.createObjectBuilder()
                        .add(NAME, NetworkIsolation.FIREWALL)
                        .add("inbound_rules", Json.createArrayBuilder().add(rule))
                        .add("tags", Json.createArrayBuilder().add(NetworkIsolation.FIREWALL))
                        .build());
    }

    private static JsonObject only(String dropletId) {
        var droplet = Json.createObjectBuilder()
                .add("resource_id", String.valueOf(ProviderHttp.number(dropletId)))
                .add("resource_type", "droplet");
        return Json.createObjectBuilder()
                .add("resources", Json.createArrayBuilder().add(droplet))
                .build();
    }

    private static boolean isOurs(JsonFields firewall) {
        return firewall.text(NAME).equals(NetworkIsolation.FIREWALL);
    }

    private static boolean isShut(JsonFields firewall) {
        return firewall.each("outbound_rules").isEmpty()
                && firewall.each("inbound_rules").stream()
                        .map(rule -> rule.in("sources"))
                        .allMatch(from -> from.texts("addresses").equals(List.of(NOWHERE))
                                && from.texts("droplet_ids").isEmpty()
                                && from.texts("load_balancer_uids").isEmpty()
                                && from.texts("kubernetes_ids").isEmpty()
                                && from.texts("tags").isEmpty());
    }

    private static boolean isPending(JsonFields firewall, String dropletId) {
        return firewall.each("pending_changes").stream()
                .anyMatch(one ->
                        one.maybeText("droplet_id").filter(dropletId::equals).isPresent());
    }
}
