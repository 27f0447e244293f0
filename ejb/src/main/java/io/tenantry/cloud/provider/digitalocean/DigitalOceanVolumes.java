package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceCollection;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.Volumes.Volume;
import jakarta.json.Json;
import java.util.List;

/** DigitalOcean's volumes. Their names are unique in a region, so that using the resource tag as the name prevents duplicates. */
record DigitalOceanVolumes(ProviderHttp api, DigitalOceanPaging pages, Actions actions) {
    List<Volume> all() {
        return volumes(things().all());
    }

    /** Creates a volume; if one with that name exists in that region, it is returned. */
    Volume create(ResourceTag resourceTag, String region, int sizeGib) {
        var order = Json.createObjectBuilder()
                .add("name", resourceTag.text())
                .add("region", region)
                .add("size_gigabytes", sizeGib)
                .build();
        try {
            return volume(things().make(order));
        } catch (ProviderFailure refused) {
            if (refused.reason() != Reason.BUSY && refused.reason() != Reason.INVALID) {
                throw refused;
            }
            return volumes(things().all("name", resourceTag.text(), "region", region)).stream()
                    .findFirst()
                    .orElseThrow(() -> refused);
        }
    }

    ProviderTask attach(String volumeId, String serverId) {
        var droplet = ProviderHttp.number(serverId);
        var volume = read(volumeId);
        if (volume.serverId().filter(serverId::equals).isPresent()) {
            return ProviderTask.NOTHING;
        }
        return actions.volume(
                volumeId,
                Actions.of("attach")
                        .add("droplet_id", droplet)
                        .add("region", volume.region())
                        .build());
    }

    ProviderTask detach(String volumeId) {
        var volume = read(volumeId);
        return volume.serverId()
                .map(server -> actions.volume(
                        volumeId,
                        Actions.of("detach")
                                .add("droplet_id", ProviderHttp.number(server))
                                .add("region", volume.region())
                                .build()))
                .orElse(ProviderTask.NOTHING);
    }

    ProviderTask grow(String volumeId, int sizeGib) {
        var volume = read(volumeId);
        if (volume.sizeGib() == sizeGib) {
            return ProviderTask.NOTHING;
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

    private ResourceCollection things() {
        return new ResourceCollection(api, pages, "/v2/volumes", "volumes", "volume");
    }

    private static List<Volume> volumes(List<JsonFields> volumes) {
        return volumes.stream().map(DigitalOceanVolumes::volume).toList();
    }

    /** Every volume that is listed is usable; DigitalOcean has no state for one that is not. */
    private static Volume volume(JsonFields volume) {
        return new Volume(
                volume.text("id"),
                ResourceTag.read(volume.text("name")),
                volume.text("name"),
                volume.whole("size_gigabytes"),
                volume.in("region").text("slug"),
                volume.texts("droplet_ids").stream().findFirst(),
                true);
    }
}
