package io.tenantry.web.portal;

import io.tenantry.cloud.provisioning.Services;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import java.io.StringReader;
import java.util.Locale;
import java.util.regex.Pattern;

/** Labels, icons and tones of what happens to a service: the events of its timeline, and the requests to its provider. */
@RequestScoped
@Named("eventWords")
public class ServiceEventLabels {
    /** Matches a reason in the facts of an event. */
    private static final Pattern REASON = Pattern.compile("\"reason\": \"([a-z_]+)\"");

    @Inject
    Format format;

    /** Returns the label of a service's event. */
    public String step(String what) {
        return format.text("step." + what);
    }

    /** Returns the label of a service's event, and its reason, if there is one. */
    public String text(Services.Event event) {
        if (event.what().equals("suspended") || event.what().equals("resumed")) {
            return format.text("step.because", step(event.what()), why(event));
        }
        var reason = REASON.matcher(event.facts());
        var isShown = event.what().matches("(resize|rebuild|rescue|return|address)_failed") && reason.find();
        return isShown
                ? format.text("step.because", step(event.what()), format.text("change.failed." + reason.group(1)))
                : step(event.what());
    }

    /** Returns the entered reason; if there is none, the reason is debt. */
    private String why(Services.Event event) {
        try (var reader = Json.createReader(new StringReader(event.facts()))) {
            var typed = reader.readObject().getString("reason", "");
            return typed.isEmpty()
                    ? format.text("step.for." + (event.what().equals("resumed") ? "paid" : "debt"))
                    : typed;
        }
    }

    /** Returns the icon of such an event. */
    public String stepIcon(String what) {
        return switch (what) {
            case "ordered" -> "plus";
            case "provisioning", "made" -> "server";
            case "activated" -> "play";
            case "failed", "power_failed", "resize_failed", "rebuild_failed", "address_failed" -> "error";
            case "rescue_failed", "leave_rescue_failed", "network_failed" -> "error";
            case "unclear", "power_unsure" -> "alert";
            case "power_start", "power_stop", "power_restart", "power_off", "found_stopped" -> "bolt";
            case "network_isolated" -> "lock";
            case "network_kept" -> "bolt";
            case "network_connected" -> "globe";
            case "power_on", "power_restarted", "found_running" -> "play";
            case "looked_again",
                    "volume_looked_again",
                    "backup_looked_again",
                    "snapshot_looked_again",
                    "further_address_looked_again" -> "search";
            case "plan_changed", "resize_wanted" -> "layers";
            case "rebuild_wanted", "rebuilt", "leave_rescue_wanted", "rescue_left" -> "refresh";
            case "rescue_wanted", "rescued" -> "key";
            case "renamed" -> "edit";
            case "locked", "unlocked" -> "lock";
            case "address_named" -> "globe";
            case "ended", "gone" -> "check";
            case "suspended" -> "lock";
            case "resumed" -> "play";
            case "volume_ordered", "backup_ordered", "snapshot_ordered", "further_address_ordered" -> "plus";
            case "volume_created", "volume_attached", "volume_grown", "volume_kept", "backup_on", "backup_restored" ->
                "layers";
            case "backup_daily", "backup_weekly" -> "layers";
            case "snapshot_created", "snapshot_restored", "snapshot_kept" -> "layers";
            case "volume_failed",
                    "volume_refused",
                    "backup_failed",
                    "backup_refused",
                    "backup_change_refused",
                    "snapshot_failed",
                    "snapshot_refused",
                    "further_address_failed" -> "error";
            case "further_address_ready" -> "globe";
            case "volume_deleted", "backup_off", "snapshot_deleted", "snapshot_gone", "further_address_released" ->
                "check";
            default -> "clock";
        };
    }

    /** Returns the tone of such an event; empty for most. */
    public String stepTone(String what) {
        return switch (what) {
            case "activated", "power_on", "power_restarted", "rebuilt", "rescue_left" -> "ok";
            case "failed", "power_failed", "resize_failed", "rebuild_failed", "address_failed" -> "bad";
            case "rescue_failed", "leave_rescue_failed", "network_failed", "network_isolated" -> "bad";
            case "network_connected" -> "ok";
            case "network_kept" -> "warn";
            case "rescued" -> "warn";
            case "volume_created", "backup_on", "snapshot_created", "further_address_ready" -> "ok";
            case "volume_failed",
                    "volume_refused",
                    "backup_failed",
                    "backup_refused",
                    "backup_change_refused",
                    "snapshot_failed",
                    "snapshot_refused",
                    "further_address_failed" -> "bad";
            case "backup_unsure", "volume_kept", "snapshot_unsure", "snapshot_kept" -> "warn";
            case "unclear", "power_unsure" -> "warn";
            case "suspended" -> "bad";
            case "resumed" -> "ok";
            default -> "";
        };
    }

    /** Returns the label of a request to a provider, or of its outcome. */
    public String call(String name) {
        return format.text("call." + name.toLowerCase(Locale.ROOT));
    }
}
