package io.tenantry.cloud.provider.virtfusion;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ResourceTag;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A server as VirtFusion reports it: individually, in the list of a user, or in the list of all, each with less detail than the one before.
 */
record VirtFusionServer(JsonFields fields) {
    String id() {
        return fields.text("id");
    }

    String name() {
        return fields.maybeText("name").orElse("");
    }

    ProviderServer server() {
        return server(ResourceTag.read(name()));
    }

    ProviderServer server(Optional<ResourceTag> mark) {
        var group = fields.maybeIn("hypervisor").flatMap(hypervisor -> hypervisor.maybeText("groupId"));
        return new ProviderServer(
                id(), mark, name(), state(), addresses(), "", group.orElse(""), fields.maybeInstant("created"));
    }

    /** The list of all servers has a number instead of a word, and no power state of a finished server. */
    ProviderServer.State state() {
        if (fields.flag("suspended")) {
            return ProviderServer.State.SUSPENDED;
        }
        if (fields.flag("buildFailed")) {
            return ProviderServer.State.FAILED;
        }
        return switch (fields.maybeText("state").orElseGet(() -> fields.text("commissioned"))) {
            case "allocated", "0" -> ProviderServer.State.RESERVED;
            case "queued", "1" -> ProviderServer.State.BUILDING;
            case "failed", "2" -> ProviderServer.State.FAILED;
            case "complete" -> powered();
            default -> ProviderServer.State.UNKNOWN;
        };
    }

    /** Returns the power state reported by the hypervisor, if it was queried and answered. */
    private ProviderServer.State powered() {
        if (!(fields.object().get("remoteState") instanceof JsonObject remote)) {
            return ProviderServer.State.UNKNOWN;
        }
        return switch (new JsonFields(remote).maybeText("state").orElse("")) {
            case "running" -> ProviderServer.State.RUNNING;
            case "shutoff", "shut off", "stopped", "crashed" -> ProviderServer.State.STOPPED;
            case "shutdown", "in shutdown", "paused" -> ProviderServer.State.BUSY;
            default -> ProviderServer.State.UNKNOWN;
        };
    }

    private List<String> addresses() {
        return fields.maybeIn("network").stream()
                .flatMap(network -> network.each("interfaces").stream())
                .filter(one -> !one.maybeText("type").equals(Optional.of("private")))
                .flatMap(one -> one.each("ipv4").stream())
                .map(address -> address.text("address"))
                .toList();
    }

    /** Returns a time with its zone, or in UTC without one. */
    static Instant at(JsonFields jsonFields, String name) {
        return jsonFields.instant(name);
    }
}
