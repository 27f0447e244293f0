package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderTask;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * DigitalOcean's actions on a droplet or a volume. There is one at a time each: a second one is refused, so none is ever sent twice
 * automatically.
 */
record Actions(ProviderHttp api) {
    private static final String OF_DROPLET = "droplet";
    private static final String OF_VOLUME = "volume";

    /** Starts an action's description. */
    static JsonObjectBuilder of(String type) {
        return Json.createObjectBuilder().add("type", type);
    }

    /** Requests an action on a droplet, and returns the action's ID. */
    long begin(String dropletId, JsonObject action) {
        return ask("/v2/droplets/" + ProviderHttp.number(dropletId), action);
    }

    ProviderTask droplet(String dropletId, JsonObject action) {
        return new ProviderTask(OF_DROPLET + ":" + begin(dropletId, action));
    }

    ProviderTask droplet(String dropletId, String type) {
        return droplet(dropletId, of(type).build());
    }

    ProviderTask volume(String volumeId, JsonObject action) {
        return new ProviderTask(
                OF_VOLUME + ":" + volumeId + ":" + ask("/v2/volumes/" + ProviderHttp.encode(volumeId), action));
    }

    Progress progress(ProviderTask providerTask) {
        var parts = providerTask.id().split(":", -1);
        if (parts.length == 2 && parts[0].equals(OF_DROPLET)) {
            return read("/v2/actions/" + ProviderHttp.number(parts[1]));
        }
        if (parts.length == 3 && parts[0].equals(OF_VOLUME)) {
            return read("/v2/volumes/" + ProviderHttp.encode(parts[1]) + "/actions/" + ProviderHttp.number(parts[2]));
        }
        throw new ProviderFailure(Reason.INVALID, "not a task of DigitalOcean: " + providerTask.id());
    }

    private long ask(String path, JsonObject action) {
        return new JsonFields(api.post(path + "/actions", action)).in("action").big("id");
    }

    private Progress read(String path) {
        return reached(new JsonFields(api.get(path)).in("action"));
    }

    static Progress reached(JsonFields action) {
        return switch (action.text("status")) {
            case "in-progress" -> Progress.running(0);
            case "completed" -> Progress.done();
            case "errored" -> Progress.failed("action " + action.text("type") + " failed");
            default ->
                throw new ProviderFailure(Reason.INVALID_RESPONSE, "unknown action status: " + action.text("status"));
        };
    }
}
