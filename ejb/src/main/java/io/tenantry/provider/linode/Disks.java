package io.tenantry.provider.linode;

import io.tenantry.provider.Fields;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Task;
import io.tenantry.provider.VendorApi;
import io.tenantry.provider.Volumes.Volume;
import jakarta.json.Json;
import java.math.BigInteger;
import java.util.List;

/**
 * Volumes, disks of their own. Their labels have 32 signs, too few for a mark: it is the tag, and the label is its number, written shorter, so
 * that Linode refuses a second one here too.
 */
record Disks(VendorApi api, Events events) {
    private static final String PATH = "/volumes";
    private static final int HEX = 16;

    List<Volume> all() {
        return Pages.all(api, PATH).stream().map(Disks::volume).toList();
    }

    Volume create(Mark mark, String region, int sizeGib) {
        var body = Json.createObjectBuilder()
                .add("label", label(mark))
                .add("tags", Json.createArrayBuilder().add(mark.text()))
                .add("region", region)
                .add("size", sizeGib);
        return volume(new Fields(api.post(PATH, body.build())));
    }

    Task attach(String id, String serverId) {
        if (one(id).serverId().filter(serverId::equals).isPresent()) {
            return new Job.Nothing().task();
        }
        var body = Json.createObjectBuilder()
                .add("linode_id", Ids.number(serverId))
                .build();
        return events.begin("volume_attach", id, () -> api.post(Ids.volume(id) + "/attach", body));
    }

    Task detach(String id) {
        if (one(id).serverId().isEmpty()) {
            return new Job.Nothing().task();
        }
        return events.begin("volume_detach", id, () -> api.post(Ids.volume(id) + "/detach"));
    }

    Task grow(String id, int sizeGib) {
        if (one(id).sizeGib() == sizeGib) {
            return new Job.Nothing().task();
        }
        var body = Json.createObjectBuilder().add("size", sizeGib).build();
        return events.begin("volume_resize", id, () -> api.post(Ids.volume(id) + "/resize", body));
    }

    void delete(String id) {
        api.delete(Ids.volume(id));
    }

    /** At most 29 signs: a letter in front, as Linode wants it, and the mark's 128 bits in base 36. */
    static String label(Mark mark) {
        var digits = mark.serviceId().toString().replace("-", "");
        return "svc-" + new BigInteger(digits, HEX).toString(Character.MAX_RADIX);
    }

    private Volume one(String id) {
        return volume(new Fields(api.get(Ids.volume(id))));
    }

    private static Volume volume(Fields volume) {
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
