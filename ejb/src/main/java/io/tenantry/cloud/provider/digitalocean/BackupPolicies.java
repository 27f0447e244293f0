package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provider.Backups.Retention;
import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The backup frequencies of droplets: daily, kept for a week, or weekly, kept for four weeks. Retention follows from the frequency; the hour
 * and the day of the week are those of DigitalOcean's own pages.
 */
record BackupPolicies(ProviderHttp api, Actions actions) {
    /** DigitalOcean's default is daily. */
    static final List<Retention> ALL =
            List.of(new Retention(Optional.of(Policy.DAILY), 7, 7), new Retention(Optional.of(Policy.WEEKLY), 4, 28));

    /** The action that switches backups on. */
    static final String ENABLE = "enable_backups";

    private static final String CHANGE = "change_backup_policy";
    private static final String POLICY = "backup_policy";
    private static final String WEEKDAY = "SUN";

    /** Returns the present frequency; empty if backups are off. */
    Optional<Policy> of(String dropletId) {
        return policy(read(dropletId));
    }

    /** Applies a frequency; a droplet that has it already is left alone. */
    void follow(String dropletId, Policy wanted) {
        var response = read(dropletId);
        if (!policy(response).equals(Optional.of(wanted))) {
            actions.droplet(dropletId, order(isOn(response) ? CHANGE : ENABLE, wanted));
        }
    }

    static JsonObject order(String type, Policy wanted) {
        var policy = Json.createObjectBuilder().add("plan", wanted.word());
        if (wanted == Policy.WEEKLY) {
            policy.add("weekday", WEEKDAY);
        }
        return Actions.of(type).add(POLICY, policy.add("hour", 0)).build();
    }

    private JsonFields read(String dropletId) {
        return new JsonFields(api.get("/v2/droplets/" + ProviderHttp.number(dropletId) + "/backups/policy"))
                .in("policy");
    }

    private static boolean isOn(JsonFields response) {
        return response.flag("backup_enabled");
    }

    private static Optional<Policy> policy(JsonFields response) {
        return isOn(response)
                ? response.maybeIn(POLICY)
                        .flatMap(policy -> policy.maybeText("plan"))
                        .map(BackupPolicies::plan)
                : Optional.empty();
    }

    private static Policy plan(String word) {
        return switch (word) {
            case "daily" -> Policy.DAILY;
            case "weekly" -> Policy.WEEKLY;
            default -> throw new ProviderFailure(Reason.INVALID_RESPONSE, "unknown backup plan: " + word);
        };
    }
}
