package io.tenantry.provider.digitalocean;

import io.tenantry.provider.Fields;
import io.tenantry.provider.Snapshots.Snapshot;
import io.tenantry.provider.Task;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Copies of a droplet's disk: snapshots, taken when asked, and backups, taken by the clock. DigitalOcean has no word for one that is not ready. */
record Copies(Pages pages, Actions actions) {
    static final String SNAPSHOTS = "snapshots";
    static final String BACKUPS = "backups";

    private static final BigDecimal MIB_OF_GIB = BigDecimal.valueOf(1024);

    /**
     * Those of a droplet.
     *
     * @param kind {@link #SNAPSHOTS} or {@link #BACKUPS}
     */
    List<Snapshot> of(String dropletId, String kind) {
        return pages.all("/v2/droplets/" + Actions.number(dropletId) + "/" + kind, kind).stream()
                .map(Copies::copy)
                .toList();
    }

    Task take(String dropletId, String name) {
        return actions.droplet(
                dropletId, Actions.of("snapshot").add("name", name).build());
    }

    /** DigitalOcean restores backups only; a snapshot is an image that the droplet is made anew from. */
    Task restore(String dropletId, String kind, String copyId) {
        var type = kind.equals(BACKUPS) ? "restore" : "rebuild";
        return actions.droplet(
                dropletId, Actions.of(type).add("image", Actions.number(copyId)).build());
    }

    private static Snapshot copy(Fields copy) {
        var mib = copy.decimal("size_gigabytes").multiply(MIB_OF_GIB).setScale(0, RoundingMode.HALF_UP);
        return new Snapshot(
                copy.text("id"), copy.text("name"), mib.longValue(), true, Droplets.instant(copy, "created_at"));
    }
}
