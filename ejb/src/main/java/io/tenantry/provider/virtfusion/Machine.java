package io.tenantry.provider.virtfusion;

import io.tenantry.provider.Fields;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Server;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A server in VirtFusion's words: of one server, of a user's, or of all, each telling less than the one before. */
record Machine(Fields told) {
    String id() {
        return told.text("id");
    }

    String name() {
        return told.maybeText("name").orElse("");
    }

    Server server() {
        return server(Mark.read(name()));
    }

    Server server(Optional<Mark> mark) {
        var group = told.maybeIn("hypervisor").flatMap(hypervisor -> hypervisor.maybeText("groupId"));
        return new Server(id(), mark, name(), state(), addresses(), "", group.orElse(""), told.maybeInstant("created"));
    }

    /** The list of all says a number instead of a word, and nothing of a finished server's power. */
    Server.State state() {
        if (told.flag("suspended")) {
            return Server.State.SUSPENDED;
        }
        if (told.flag("buildFailed")) {
            return Server.State.FAILED;
        }
        return switch (told.maybeText("state").orElseGet(() -> told.text("commissioned"))) {
            case "allocated", "0" -> Server.State.RESERVED;
            case "queued", "1" -> Server.State.BUILDING;
            case "failed", "2" -> Server.State.FAILED;
            case "complete" -> powered();
            default -> Server.State.UNRECOGNISED;
        };
    }

    /** What the hypervisor says, if it was asked and answers. */
    private Server.State powered() {
        if (!(told.object().get("remoteState") instanceof JsonObject remote)) {
            return Server.State.UNRECOGNISED;
        }
        return switch (new Fields(remote).maybeText("state").orElse("")) {
            case "running" -> Server.State.RUNNING;
            case "shutoff", "shut off", "stopped", "crashed" -> Server.State.STOPPED;
            case "shutdown", "in shutdown", "paused" -> Server.State.BUSY;
            default -> Server.State.UNRECOGNISED;
        };
    }

    private List<String> addresses() {
        return told.maybeIn("network").stream()
                .flatMap(network -> network.each("interfaces").stream())
                .filter(one -> !one.maybeText("type").equals(Optional.of("private")))
                .flatMap(one -> one.each("ipv4").stream())
                .map(address -> address.text("address"))
                .toList();
    }

    /** A time with its zone, or one in UTC without. */
    static Instant at(Fields fields, String name) {
        return fields.instant(name);
    }
}
