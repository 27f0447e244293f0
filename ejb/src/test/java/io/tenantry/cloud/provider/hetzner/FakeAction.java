package io.tenantry.cloud.provider.hetzner;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/** A requested action of a {@link FakeServer}. */
final class FakeAction {
    final long id;
    final FakeServer server;
    final String command;
    String status = "running";

    private final Runnable effect;

    FakeAction(long id, FakeServer server, String command, Runnable effect) {
        this.id = id;
        this.server = server;
        this.command = command;
        this.effect = effect;
    }

    /** Completes it, if it is not completed yet. */
    void end() {
        if (status.equals("running")) {
            status = "success";
            effect.run();
        }
    }

    JsonObject told() {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("command", command)
                .add("status", status)
                .add("progress", status.equals("running") ? 40 : 100)
                .addNull("error")
                .build();
    }
}
