package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.FakeProvider.CannedAnswer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Actions of {@link FakeDigitalOcean}: one at a time for each droplet, completed by settling. */
final class FakeActions {
    /** An action and its effect. */
    private static final class Action {
        final long id;
        final String type;
        final String resource;
        final Runnable effect;
        String status = "in-progress";

        Action(long id, String type, String resource, Runnable effect) {
            this.id = id;
            this.type = type;
            this.resource = resource;
            this.effect = effect;
        }

        JsonObject json() {
            return Json.createObjectBuilder()
                    .add("id", id)
                    .add("status", status)
                    .add("type", type)
                    .add("started_at", "2020-11-14T16:29:21Z")
                    .add("completed_at", JsonValue.NULL)
                    .build();
        }
    }

    private final List<Action> all = new ArrayList<>();
    private final BiConsumer<FakeDroplet, String> snapshots;
    private long lastId = 36_804_000;
    private String failing = "";
    private String refusal = "";

    /** @param snapshots creates one of a droplet, by a name */
    FakeActions(BiConsumer<FakeDroplet, String> snapshots) {
        this.snapshots = snapshots;
    }

    /** Makes actions of that type end in error. */
    void fail(String type) {
        failing = type;
    }

    /** Refuses the next action of a droplet. */
    void refuse(String message) {
        refusal = message;
    }

    /** Returns the types of all actions, in order. */
    synchronized List<String> types() {
        return all.stream().map(action -> action.type).toList();
    }

    /** Completes actions in progress, with their effect unless they fail. */
    synchronized void completeTasks() {
        for (var action : all) {
            if (action.status.equals("in-progress")) {
                action.status = action.type.equals(failing) ? "errored" : "completed";
                if (action.status.equals("completed")) {
                    action.effect.run();
                }
            }
        }
    }

    /** Returns the actions of a droplet, the latest first. */
    synchronized List<JsonObject> of(String resource) {
        var found = new ArrayList<JsonObject>();
        all.stream().filter(action -> action.resource.equals(resource)).forEach(action -> found.add(0, action.json()));
        return found;
    }

    synchronized CannedAnswer one(String id) {
        return all.stream()
                .filter(action -> String.valueOf(action.id).equals(id))
                .findFirst()
                .map(action -> CannedAnswer.of(200, FakeDigitalOcean.wrap("action", action.json())))
                .orElseGet(FakeDigitalOcean::missing);
    }

    /** Requests an action of a droplet. */
    synchronized CannedAnswer ask(FakeDroplet droplet, JsonObject body) {
        var type = body.getString("type");
        var resource = String.valueOf(droplet.id);
        if (!refusal.isEmpty()) {
            var message = refusal;
            refusal = "";
            return refused(message);
        }
        if (all.stream().anyMatch(one -> one.resource.equals(resource) && one.status.equals("in-progress"))) {
            return refused("Droplet already has a pending event.");
        }
        return refusal(droplet, type, body)
                .map(FakeActions::refused)
                .orElseGet(() -> started(201, type, resource, () -> change(droplet, type, body)));
    }

    /** Requests an action of a volume. */
    synchronized CannedAnswer ask(Map<String, JsonObject> volumes, String id, JsonObject body) {
        var volume = Optional.ofNullable(volumes.get(id)).orElseThrow();
        var type = body.getString("type");
        if (type.equals("resize") && body.getInt("size_gigabytes") < volume.getInt("size_gigabytes")) {
            return refused("Size can only be increased");
        }
        var changed = Json.createObjectBuilder(volume);
        switch (type) {
            case "attach" ->
                changed.add("droplet_ids", Json.createArrayBuilder().add(body.getInt("droplet_id")));
            case "detach" -> changed.add("droplet_ids", JsonValue.EMPTY_JSON_ARRAY);
            default -> changed.add("size_gigabytes", body.getInt("size_gigabytes"));
        }
        return started(202, type + "_volume", id, () -> volumes.put(id, changed.build()));
    }

    private static Optional<String> refusal(FakeDroplet droplet, String type, JsonObject body) {
        var off = droplet.status.equals("off");
        return switch (type) {
            case "power_on" -> off ? Optional.empty() : Optional.of("Droplet is already powered on.");
            case "power_off", "shutdown", "reboot" ->
                off ? Optional.of("Droplet is already powered off.") : Optional.empty();
            case "resize" -> {
                if (!off) {
                    yield Optional.of("Droplet is currently on. Please power it off to run this event.");
                }
                yield FakeDroplet.disk(body.getString("size")) < FakeDroplet.disk(droplet.size)
                        ? Optional.of("Size can not decrease size of Droplet's disk image")
                        : Optional.empty();
            }
            case "change_backup_policy" ->
                droplet.features.contains("backups") ? Optional.empty() : Optional.of("Backups are not enabled.");
            default -> Optional.empty();
        };
    }

    private void change(FakeDroplet droplet, String type, JsonObject body) {
        switch (type) {
            case "power_on", "reboot" -> droplet.status = "active";
            case "shutdown" -> droplet.status = droplet.ignoresShutdown ? "active" : "off";
            case "power_off" -> droplet.status = "off";
            case "resize" -> droplet.size = body.getString("size");
            case "rename" -> droplet.name = body.getString("name");
            case "rebuild", "restore" -> droplet.image = FakeDroplet.text(body.getOrDefault("image", JsonValue.NULL));
            case "enable_backups", "change_backup_policy" -> {
                droplet.features.add("backups");
                droplet.plan = body.containsKey("backup_policy")
                        ? body.getJsonObject("backup_policy").getString("plan")
                        : "daily";
            }
            case "disable_backups" -> droplet.features.remove("backups");
            case "snapshot" -> snapshots.accept(droplet, body.getString("name"));
            default -> {
                // Sent by email: the droplet does not show it.
            }
        }
    }

    private CannedAnswer started(int status, String type, String resource, Runnable effect) {
        var action = new Action(++lastId, type, resource, effect);
        all.add(action);
        return CannedAnswer.of(status, FakeDigitalOcean.wrap("action", action.json()));
    }

    private static CannedAnswer refused(String message) {
        return FakeDigitalOcean.refusal(422, "unprocessable_entity", message);
    }
}
