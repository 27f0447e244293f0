package io.tenantry.provider.digitalocean;

import io.tenantry.provider.Fields;
import io.tenantry.provider.Mark;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Task;
import io.tenantry.provider.Things;
import io.tenantry.provider.VendorApi;
import io.tenantry.provider.Volumes.Volume;
import jakarta.json.Json;
import java.util.List;

/** DigitalOcean's volumes. Their names are unique in a region, so a mark for a name makes a second one with it impossible. */
record Disks(VendorApi api, Pages pages, Actions actions) {
    List<Volume> all() {
        return volumes(things().all());
    }

    /** Asks for one; if there is one of that name in that region, that is the one. */
    Volume create(Mark mark, String region, int sizeGib) {
        var order = Json.createObjectBuilder()
                .add("name", mark.text())
                .add("region", region)
                .add("size_gigabytes", sizeGib)
                .build();
        try {
            return volume(things().make(order));
        } catch (ProviderFailure refused) {
            if (refused.reason() != Reason.BUSY && refused.reason() != Reason.INVALID) {
                throw refused;
            }
            return volumes(things().all("name", mark.text(), "region", region)).stream()
                    .findFirst()
                    .orElseThrow(() -> refused);
        }
    }

    Task attach(String volumeId, String serverId) {
        var droplet = VendorApi.number(serverId);
        var volume = read(volumeId);
        if (volume.serverId().filter(serverId::equals).isPresent()) {
            return Task.NOTHING;
        }
        return actions.volume(
                volumeId,
                Actions.of("attach")
                        .add("droplet_id", droplet)
                        .add("region", volume.region())
                        .build());
    }

    Task detach(String volumeId) {
        var volume = read(volumeId);
        return volume.serverId()
                .map(server -> actions.volume(
                        volumeId,
                        Actions.of("detach")
                                .add("droplet_id", VendorApi.number(server))
                                .add("region", volume.region())
                                .build()))
                .orElse(Task.NOTHING);
    }

    Task grow(String volumeId, int sizeGib) {
        var volume = read(volumeId);
        if (volume.sizeGib() == sizeGib) {
            return Task.NOTHING;
        }
        return actions.volume(
                volumeId,
                Actions.of("resize")
                        .add("size_gigabytes", sizeGib)
                        .add("region", volume.region())
                        .build());
    }

    void delete(String volumeId) {
        things().delete(volumeId);
    }

    private Volume read(String volumeId) {
        return volume(things().get(volumeId));
    }

    private Things things() {
        return new Things(api, pages, "/v2/volumes", "volumes", "volume");
    }

    private static List<Volume> volumes(List<Fields> volumes) {
        return volumes.stream().map(Disks::volume).toList();
    }

    /** A volume that is told of can be used; DigitalOcean has no word for one that cannot. */
    private static Volume volume(Fields volume) {
        return new Volume(
                volume.text("id"),
                Mark.read(volume.text("name")),
                volume.text("name"),
                volume.whole("size_gigabytes"),
                volume.in("region").text("slug"),
                volume.texts("droplet_ids").stream().findFirst(),
                true);
    }
}
