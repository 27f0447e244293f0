package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.Progress.Stage;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderTask;
import jakarta.json.Json;
import java.util.Comparator;
import java.util.List;

/**
 * Linode's log of all events in an account: the only source for the progress of a job, and for whether it failed. The response to a request
 * does not contain its event, and a server's state may be outdated for a while afterwards. Therefore the latest event of the server is noted
 * before the request; the job's event is the first of its kind after that.
 */
record Events(ProviderHttp api) {
    private static final String PATH = "/account/events";

    /** The minimum page size at Linode; one would be enough. */
    private static final int LATEST = 25;

    /** The maximum number of events of one resource during one job; a busy resource has about a dozen. */
    private static final int RECENT = 500;

    /** Starts a job by the request. */
    ProviderTask begin(String action, String entity, Runnable request) {
        var before = recent(entity, LATEST).stream()
                .mapToLong(event -> event.big("id"))
                .max()
                .orElse(0);
        request.run();
        return new LinodeTask.Event(action, entity, before).task();
    }

    Progress progress(LinodeTask.Event job) {
        return recent(job.entity(), RECENT).stream()
                .filter(event -> event.big("id") > job.after() && job.action().equals(event.text("action")))
                .filter(event -> isOf(event, job.entity()))
                .min(Comparator.comparingLong(event -> event.big("id")))
                .map(Events::progress)
                .orElse(Progress.running(0));
    }

    private List<JsonFields> recent(String entity, int count) {
        var filter = Json.createObjectBuilder()
                .add("entity.id", LinodeIds.number(entity))
                .add("+order_by", "id")
                .add("+order", "desc");
        return LinodePaging.first(api, PATH, filter.build(), count);
    }

    private static boolean isOf(JsonFields event, String entity) {
        return event.maybeIn("entity")
                .flatMap(one -> one.maybeText("id"))
                .filter(entity::equals)
                .isPresent();
    }

    private static Progress progress(JsonFields event) {
        var status = event.text("status");
        return switch (status) {
            case "scheduled", "started" ->
                Progress.running(event.maybeDecimal("percent_complete")
                        .map(percent -> percent.intValue())
                        .orElse(0));
            // A notification reports something that was done immediately.
            case "finished", "notification" -> Progress.done();
            case "failed" -> Progress.failed(event.maybeText("message").orElse(""));
            default -> new Progress(Stage.RUNNING, 0, status);
        };
    }
}
