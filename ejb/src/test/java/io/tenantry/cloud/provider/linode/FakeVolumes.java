package io.tenantry.cloud.provider.linode;

import static io.tenantry.cloud.provider.linode.FakeLinode.fine;
import static io.tenantry.cloud.provider.linode.FakeLinode.list;
import static io.tenantry.cloud.provider.linode.FakeLinode.missing;
import static io.tenantry.cloud.provider.linode.FakeLinode.refused;

import io.tenantry.cloud.provider.FakeProvider.CannedAnswer;
import io.tenantry.cloud.provider.FakeProvider.RecordedCall;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;

/** The volumes of the fake Linode. */
final class FakeVolumes {
    private final FakeLinodeResources store;

    FakeVolumes(FakeLinodeResources store) {
        this.store = store;
    }

    CannedAnswer answer(RecordedCall request, String shape, List<Long> numbers) {
        var what = request.method() + " " + shape;
        if (what.equals("GET /volumes")) {
            return list(request, store.volumes.values());
        }
        if (what.equals("POST /volumes")) {
            return create(request.body());
        }
        long id = numbers.isEmpty() ? 0 : numbers.get(0);
        var volume = store.volumes.get(id);
        if (volume == null) {
            return missing();
        }
        return switch (what) {
            case "GET /volumes/#" -> CannedAnswer.of(200, volume);
            case "DELETE /volumes/#" -> delete(id, volume);
            case "POST /volumes/#/attach" ->
                change(id, "volume_attach", "linode_id", request.body().getValue("/linode_id"));
            case "POST /volumes/#/detach" -> change(id, "volume_detach", "linode_id", JsonValue.NULL);
            case "POST /volumes/#/resize" ->
                request.body().getInt("size") < volume.getInt("size")
                        ? refused(400, "Storage volumes can only be resized up")
                        : change(id, "volume_resize", "size", request.body().getValue("/size"));
            default -> missing();
        };
    }

    private CannedAnswer create(JsonObject sent) {
        var label = sent.getString("label");
        if (!label.matches("[a-zA-Z]((?!--|__)[a-zA-Z0-9-_])+") || label.length() > 32) {
            return refused(400, "Length must be 1-32 characters");
        }
        if (store.volumes.values().stream()
                .anyMatch(volume -> volume.getString("label").equals(label))) {
            return refused(400, "Label must be unique among your volumes");
        }
        var id = store.next();
        var volume = Json.createObjectBuilder(sent)
                .add("id", id)
                .addNull("linode_id")
                .add("status", "creating")
                .add("filesystem_path", "/dev/disk/by-id/scsi-0Linode_Volume_" + label)
                .build();
        store.volumes.put(id, volume);
        return CannedAnswer.of(200, volume);
    }

    private CannedAnswer delete(long id, JsonObject volume) {
        if (volume.get("linode_id") != JsonValue.NULL) {
            return refused(400, "Volume must be detached before it is deleted");
        }
        store.volumes.remove(id);
        return fine("{}");
    }

    private CannedAnswer change(long id, String action, String name, JsonValue value) {
        store.volumes.computeIfPresent(id, (number, volume) -> FakeLinodeResources.with(volume, name, value));
        store.event(action, id);
        return fine("{}");
    }
}
