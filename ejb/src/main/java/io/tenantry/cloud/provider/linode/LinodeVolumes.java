package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.Volumes.Volume;
import jakarta.json.Json;
import java.math.BigInteger;
import java.util.List;

/**
 * Volumes. Their labels have at most 32 characters, too few for a resource tag: the resource tag is the tag, and the label is a shorter encoding
 * of it, so that Linode refuses duplicates here too.
 */
record LinodeVolumes(ProviderHttp api, Events events) {
    private static final String PATH = "/volumes";
    private static final int HEX = 16;

    List<Volume> all() {
        return LinodePaging.all(api, PATH).stream().map(LinodeVolumes::volume).toList();
    }

    Volume create(ResourceTag resourceTag, String region, int sizeGib) {
        var body = Json.createObjectBuilder()
                .add("label", label(resourceTag))
                .add("tags", Json.createArrayBuilder().add(resourceTag.text()))
                .add("region", region)
                .add("size", sizeGib);
        return volume(new JsonFields(api.post(PATH, body.build())));
    }

    ProviderTask attach(String id, String serverId) {
        if (one(id).serverId().filter(serverId::equals).isPresent()) {
            return new LinodeTask.Nothing().task();
        }
        var body = Json.createObjectBuilder()
                .add("linode_id", LinodeIds.number(serverId))
                .build();
        return events.begin("volume_attach", id, () -> api.post(LinodeIds.volume(id) + "/attach", body));
    }

    ProviderTask detach(String id) {
        if (one(id).serverId().isEmpty()) {
            return new LinodeTask.Nothing().task();
        }
        return events.begin("volume_detach", id, () -> api.post(LinodeIds.volume(id) + "/detach"));
    }

    ProviderTask grow(String id, int sizeGib) {
        if (one(id).sizeGib() == sizeGib) {
            return new LinodeTask.Nothing().task();
        }
        var body = Json.createObjectBuilder().add("size", sizeGib).build();
        return events.begin("volume_resize", id, () -> api.post(LinodeIds.volume(id) + "/resize", body));
    }

    void delete(String id) {
        api.delete(LinodeIds.volume(id));
    }

    /** Returns at most 29 characters: a leading letter, as Linode requires, and the resource tag's 128 bits in base 36. */
    static String label(ResourceTag resourceTag) {
        var digits = resourceTag.serviceId().toString().replace("-", "");
        return "svc-" + new BigInteger(digits, HEX).toString(Character.MAX_RADIX);
    }

    private Volume one(String id) {
        return volume(new JsonFields(api.get(LinodeIds.volume(id))));
    }

    private static Volume volume(JsonFields volume) {
        return new Volume(
                volume.text("id"),
                Instances.mark(volume),
                volume.text("label"),
                volume.whole("size"),
                volume.maybeText("region").orElse(""),
                volume.maybeText("linode_id"),
                volume.text("status").equals("active"));
    }
}
