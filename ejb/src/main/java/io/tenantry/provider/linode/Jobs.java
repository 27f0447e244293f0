package io.tenantry.provider.linode;

import io.tenantry.provider.Passwords.Reset;
import io.tenantry.provider.Power;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server.State;
import io.tenantry.provider.Task;
import io.tenantry.provider.VendorApi;
import io.tenantry.provider.Wish;
import jakarta.json.Json;
import jakarta.json.JsonObject;

/** What is asked of a server and takes a while. What is so already is not asked for, since Linode would refuse it. */
record Jobs(VendorApi api, Instances instances, Events events) {
    /** Off and shutting down are one: Linode has a single way to switch off. */
    Task power(String id, Power power) {
        return power.from(instances.known(id).state())
                .map(needed -> switch (needed) {
                    case ON -> ask(id, "boot", "linode_boot");
                    case SHUT_DOWN, OFF -> ask(id, "shutdown", "linode_shutdown");
                    case RESTART -> ask(id, "reboot", "linode_reboot");
                })
                .orElseGet(Jobs::nothing);
    }

    /** The disk grows with the size, and shrinks with it as far as what is on it allows. A server that ran is started again. */
    Task resize(String id, String size) {
        if (instances.known(id).size().equals(size)) {
            return nothing();
        }
        var body = Json.createObjectBuilder()
                .add("type", size)
                .add("allow_auto_disk_resize", true)
                .add("migration_type", "cold");
        return ask(id, "resize", "linode_resize", body.build());
    }

    Task rebuild(String id, Wish wish) {
        return ask(id, "rebuild", "linode_rebuild", Deployment.of(wish).build());
    }

    /** @throws ProviderFailure BUSY unless the server is off */
    Reset resetPassword(String id) {
        if (instances.known(id).state() != State.STOPPED) {
            throw new ProviderFailure(Reason.BUSY, "the server must be shut down before it gets another password");
        }
        var password = RootPassword.random();
        var body = Json.createObjectBuilder().add("root_pass", password);
        return new Reset(ask(id, "password", "password_reset", body.build()), password);
    }

    private Task ask(String id, String what, String action) {
        return events.begin(action, id, () -> api.post(path(id, what)));
    }

    private Task ask(String id, String what, String action, JsonObject body) {
        return events.begin(action, id, () -> api.post(path(id, what), body));
    }

    private static String path(String id, String what) {
        return Ids.server(id) + "/" + what;
    }

    private static Task nothing() {
        return new Job.Nothing().task();
    }
}
