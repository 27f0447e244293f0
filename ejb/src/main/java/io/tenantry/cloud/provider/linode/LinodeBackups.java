package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.Progress.Stage;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.Snapshots.Snapshot;
import jakarta.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Copies of a server's disks. Linode makes some on schedule and keeps one made on request, which the next one replaces; both only while the
 * server's backups are on and paid for.
 */
record LinodeBackups(ProviderHttp api, Events events) {
    List<Snapshot> byTheClock(String serverId) {
        return copies(serverId).each("automatic").stream()
                .map(LinodeBackups::copy)
                .toList();
    }

    /** Returns the snapshots: at most one that is ready and one that is in progress. Failed ones are ignored. */
    List<Snapshot> asked(String serverId) {
        var snapshot = copies(serverId).in("snapshot");
        return Stream.of("current", "in_progress")
                .flatMap(name -> snapshot.maybeIn(name).stream())
                .filter(copy -> progress(copy).stage() != Stage.FAILED)
                .map(LinodeBackups::copy)
                .toList();
    }

    ProviderTask take(String serverId, String name) {
        var body = Json.createObjectBuilder().add("label", name).build();
        var copy = new JsonFields(api.post(path(serverId), body));
        return new LinodeTask.Copy(serverId, copy.text("id")).task();
    }

    Progress progress(LinodeTask.Copy job) {
        try {
            return progress(new JsonFields(api.get(path(job.server()) + "/" + LinodeIds.number(job.backup()))));
        } catch (ProviderFailure failure) {
            if (failure.reason() == Reason.NOT_FOUND) {
                return Progress.failed("the copy is gone");
            }
            throw failure;
        }
    }

    /** Linode leaves the server off afterwards. */
    ProviderTask restore(String serverId, String id) {
        var path = path(serverId) + "/" + LinodeIds.number(id) + "/restore";
        var body = Json.createObjectBuilder()
                .add("linode_id", LinodeIds.number(serverId))
                .add("overwrite", true)
                .build();
        return events.begin("backups_restore", serverId, () -> api.post(path, body));
    }

    void switchOn(String serverId, boolean on) {
        if (isOn(serverId) != on) {
            api.post(path(serverId) + (on ? "/enable" : "/cancel"));
        }
    }

    /** Whether backups are on and paid for. */
    boolean isOn(String serverId) {
        return isOn(new JsonFields(api.get(LinodeIds.server(serverId))));
    }

    /** Returns the IDs of all servers whose backups are on. */
    Set<String> on() {
        return LinodePaging.all(api, Instances.PATH).stream()
                .filter(LinodeBackups::isOn)
                .map(server -> server.text("id"))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isOn(JsonFields server) {
        return server.in("backups").flag("enabled");
    }

    private JsonFields copies(String serverId) {
        return new JsonFields(api.get(path(serverId)));
    }

    private static String path(String serverId) {
        return LinodeIds.server(serverId) + "/backups";
    }

    private static Snapshot copy(JsonFields copy) {
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

    private static Progress progress(JsonFields copy) {
        var status = copy.text("status");
        return switch (status) {
            case "pending", "running", "needsPostProcessing", "paused" -> Progress.running(0);
            case "successful" -> Progress.done();
            case "failed", "userAborted" -> Progress.failed(status);
            default -> new Progress(Stage.RUNNING, 0, status);
        };
    }
}
