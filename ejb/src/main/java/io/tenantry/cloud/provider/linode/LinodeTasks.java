package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderServer.State;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.RootPasswordReset.Reset;
import io.tenantry.cloud.provider.ServerSpec;
import jakarta.json.Json;
import jakarta.json.JsonObject;

/** Operations on a server that take a while. Operations that would have no effect are not requested, since Linode would refuse them. */
record LinodeTasks(ProviderHttp api, Instances instances, Events events) {
    /** Power-off and shutdown are the same: Linode has a single way to switch a server off. */
    ProviderTask power(String id, PowerAction powerAction) {
        return powerAction
                .from(instances.known(id).state())
                .map(needed -> switch (needed) {
                    case ON -> ask(id, "boot", "linode_boot");
                    case SHUT_DOWN, OFF -> ask(id, "shutdown", "linode_shutdown");
                    case RESTART -> ask(id, "reboot", "linode_reboot");
                })
                .orElseGet(LinodeTasks::nothing);
    }

    /** The disk grows with the size, and shrinks with it as far as its content allows. A server that was running is started again. */
    ProviderTask resize(String id, String size) {
        if (instances.known(id).size().equals(size)) {
            return nothing();
        }
        var body = Json.createObjectBuilder()
                .add("type", size)
                .add("allow_auto_disk_resize", true)
                .add("migration_type", "cold");
        return ask(id, "resize", "linode_resize", body.build());
    }

    ProviderTask rebuild(String id, ServerSpec serverSpec) {
        return ask(
                id,
                "rebuild",
                "linode_rebuild",
                DeploymentRequest.of(serverSpec).build());
    }

    /** @throws ProviderFailure BUSY unless the server is off */
    Reset resetPassword(String id) {
        if (instances.known(id).state() != State.STOPPED) {
            throw new ProviderFailure(Reason.BUSY, "the server must be shut down before it gets another password");
        }
        var password = RootPasswordGenerator.random();
        var body = Json.createObjectBuilder().add("root_pass", password);
        return new Reset(ask(id, "password", "password_reset", body.build()), password);
    }

    private ProviderTask ask(String id, String what, String action) {
        return events.begin(action, id, () -> api.post(path(id, what)));
    }

    private ProviderTask ask(String id, String what, String action, JsonObject body) {
        return events.begin(action, id, () -> api.post(path(id, what), body));
    }

    private static String path(String id, String what) {
        return LinodeIds.server(id) + "/" + what;
    }

    private static ProviderTask nothing() {
        return new LinodeTask.Nothing().task();
    }
}
