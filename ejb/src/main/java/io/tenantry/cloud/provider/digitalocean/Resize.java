package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.OfflineResize.ActionNames;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import jakarta.json.JsonObject;
import java.util.List;

/** Resizes a droplet. DigitalOcean resizes it only while it is off, and leaves it off, so it is done in steps. */
final class Resize {
    static final ActionNames WORDS = new ActionNames("type", "resize", "power_on");

    private Resize() {}

    /** Includes the disk, which is irreversible: a plan is sold with a disk, not only with cores and memory. */
    static JsonObject order(String size) {
        return Actions.of(WORDS.change()).add("size", size).add("disk", true).build();
    }

    /** Checks, before anything is shut down, what DigitalOcean would report only afterwards. */
    static void judge(List<JsonFields> sizes, JsonFields droplet, String wanted) {
        var size = sizes.stream()
                .filter(one -> one.text("slug").equals(wanted))
                .findFirst()
                .orElseThrow(() -> new ProviderFailure(Reason.INVALID, "no size " + wanted));
        if (size.whole("disk") < droplet.whole("disk")) {
            throw new ProviderFailure(Reason.INVALID, "the disk of a droplet cannot become smaller");
        }
        if (!size.flag("available")
                || !size.texts("regions").contains(droplet.in("region").text("slug"))) {
            throw new ProviderFailure(Reason.NO_CAPACITY, "size " + wanted + " is not sold in the droplet's region");
        }
    }
}
