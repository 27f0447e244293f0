package io.tenantry.provider.digitalocean;

import io.tenantry.provider.Fields;
import io.tenantry.provider.Progress;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Task;
import io.tenantry.provider.VendorApi;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * DigitalOcean's actions: what a droplet or a volume is asked to do. One at a time each: a second one is refused, so none is ever sent twice
 * by ourselves.
 */
record Actions(VendorApi api) {
    private static final String OF_DROPLET = "droplet";
    private static final String OF_VOLUME = "volume";

    /** The beginning of an action's description. */
    static JsonObjectBuilder of(String type) {
        return Json.createObjectBuilder().add("type", type);
    }

    /** Asks a droplet, and tells the action's number. */
    long begin(String dropletId, JsonObject action) {
        return ask("/v2/droplets/" + VendorApi.number(dropletId), action);
    }

    Task droplet(String dropletId, JsonObject action) {
        return new Task(OF_DROPLET + ":" + begin(dropletId, action));
    }

    Task droplet(String dropletId, String type) {
        return droplet(dropletId, of(type).build());
    }

    Task volume(String volumeId, JsonObject action) {
        return new Task(OF_VOLUME + ":" + volumeId + ":" + ask("/v2/volumes/" + VendorApi.encode(volumeId), action));
    }

    Progress progress(Task task) {
        var parts = task.id().split(":", -1);
        if (parts.length == 2 && parts[0].equals(OF_DROPLET)) {
            return read("/v2/actions/" + VendorApi.number(parts[1]));
        }
        if (parts.length == 3 && parts[0].equals(OF_VOLUME)) {
            return read("/v2/volumes/" + VendorApi.encode(parts[1]) + "/actions/" + VendorApi.number(parts[2]));
        }
        throw new ProviderFailure(Reason.INVALID, "not a task of DigitalOcean: " + task.id());
    }

    private long ask(String path, JsonObject action) {
        return new Fields(api.post(path + "/actions", action)).in("action").big("id");
    }

    private Progress read(String path) {
        return reached(new Fields(api.get(path)).in("action"));
    }

    static Progress reached(Fields action) {
        return switch (action.text("status")) {
            case "in-progress" -> Progress.running(0);
            case "completed" -> Progress.done();
            case "errored" -> Progress.failed("action " + action.text("type") + " has errored");
            default ->
                throw new ProviderFailure(Reason.NOT_UNDERSTOOD, "status of an action: " + action.text("status"));
        };
    }
}
