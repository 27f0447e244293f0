package io.tenantry.provider.linode;

import io.tenantry.provider.Fields;
import io.tenantry.provider.Progress;
import io.tenantry.provider.Progress.Stage;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Snapshots.Snapshot;
import io.tenantry.provider.Task;
import io.tenantry.provider.VendorApi;
import jakarta.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Copies of a server's disks. Linode makes some by the clock and keeps one that is asked for, which the next one replaces; both only while
 * the server's backups are switched on and paid for.
 */
record Copies(VendorApi api, Events events) {
    List<Snapshot> byTheClock(String serverId) {
        return copies(serverId).each("automatic").stream().map(Copies::copy).toList();
    }

    /** What was asked for: at most one that is ready and one that is being made. One that failed is none. */
    List<Snapshot> asked(String serverId) {
        var snapshot = copies(serverId).in("snapshot");
        return Stream.of("current", "in_progress")
                .flatMap(name -> snapshot.maybeIn(name).stream())
                .filter(copy -> progress(copy).stage() != Stage.FAILED)
                .map(Copies::copy)
                .toList();
    }

    Task take(String serverId, String name) {
        var body = Json.createObjectBuilder().add("label", name).build();
        var copy = new Fields(api.post(path(serverId), body));
        return new Job.Copy(serverId, copy.text("id")).task();
    }

    Progress progress(Job.Copy job) {
        try {
            return progress(new Fields(api.get(path(job.server()) + "/" + Ids.number(job.backup()))));
        } catch (ProviderFailure failure) {
            if (failure.reason() == Reason.NOT_FOUND) {
                return Progress.failed("the copy is gone");
            }
            throw failure;
        }
    }

    /** Linode leaves the server off afterwards. */
    Task restore(String serverId, String id) {
        var path = path(serverId) + "/" + Ids.number(id) + "/restore";
        var body = Json.createObjectBuilder()
                .add("linode_id", Ids.number(serverId))
                .add("overwrite", true)
                .build();
        return events.begin("backups_restore", serverId, () -> api.post(path, body));
    }

    void switchOn(String serverId, boolean on) {
        if (isOn(serverId) != on) {
            api.post(path(serverId) + (on ? "/enable" : "/cancel"));
        }
    }

    /** Whether Linode makes any, and is paid for that. */
    boolean isOn(String serverId) {
        return isOn(new Fields(api.get(Ids.server(serverId))));
    }

    /** The numbers of all servers of which that is so. */
    Set<String> on() {
        return Pages.all(api, Instances.PATH).stream()
                .filter(Copies::isOn)
                .map(server -> server.text("id"))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isOn(Fields server) {
        return server.in("backups").flag("enabled");
    }

    private Fields copies(String serverId) {
        return new Fields(api.get(path(serverId)));
    }

    private static String path(String serverId) {
        return Ids.server(serverId) + "/backups";
    }

    private static Snapshot copy(Fields copy) {
        var size =
                copy.each("disks").stream().mapToLong(disk -> disk.big("size")).sum();
        var ready = copy.text("status").equals("successful") && copy.flag("available");
        return new Snapshot(
                copy.text("id"),
                copy.maybeText("label").orElse(""),
                size,
                ready,
                copy.maybeInstant("created").orElse(Instant.EPOCH));
    }

    private static Progress progress(Fields copy) {
        var status = copy.text("status");
        return switch (status) {
            case "pending", "running", "needsPostProcessing", "paused" -> Progress.running(0);
            case "successful" -> Progress.done();
            case "failed", "userAborted" -> Progress.failed(status);
            default -> new Progress(Stage.RUNNING, 0, status);
        };
    }
}
