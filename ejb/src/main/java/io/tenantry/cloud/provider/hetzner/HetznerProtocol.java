package io.tenantry.cloud.provider.hetzner;

import io.tenantry.cloud.provider.BearerProtocol;
import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import java.util.Optional;

/** Refusals of Hetzner, by an error code. Its documentation lists few of the codes; the others are those of its own Go client. */
final class HetznerProtocol extends BearerProtocol {
    @Override
    protected String words(JsonFields body) {
        var error = body.in("error");
        return error.text("code") + ": " + error.maybeText("message").orElse("");
    }

    @Override
    protected Optional<Reason> meant(int status, Reason defaultReason, String words) {
        return switch (words.split(":", 2)[0]) {
            case "resource_limit_exceeded" -> Optional.of(Reason.LIMIT);
            case "placement_error", "resource_unavailable", "no_space_left_in_location" ->
                Optional.of(Reason.NO_CAPACITY);
            // A name conflict means that an earlier creation succeeded: the next attempt looks it up first.
            case "uniqueness_error", "conflict", "locked", "server_not_stopped", "firewall_already_applied" ->
                Optional.of(Reason.BUSY);
            default -> Optional.empty();
        };
    }
}
