package io.tenantry.provider.digitalocean;

import io.tenantry.provider.Fields;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.StepwiseResize.Words;
import jakarta.json.JsonObject;
import java.util.List;

/** Another size of a droplet. DigitalOcean changes it only while the droplet is off, and leaves it off: so it is done in steps. */
final class Resize {
    static final Words WORDS = new Words("type", "resize", "power_on");

    private Resize() {}

    /** With its disk, which is for good: a plan is sold with a disk, not only with cores and memory. */
    static JsonObject order(String size) {
        return Actions.of(WORDS.change()).add("size", size).add("disk", true).build();
    }

    /** Says before anything is shut down what DigitalOcean would say only afterwards. */
    static void judge(List<Fields> sizes, Fields droplet, String wanted) {
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
