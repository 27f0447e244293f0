package io.tenantry.cloud.provider;

import io.tenantry.kernel.http.HttpAnswer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The differences between the HTTP APIs of providers, for {@link ProviderHttp}. */
public interface ProviderProtocol {
    /** Returns the headers of every request, which authenticate us. */
    Map<String, String> headers(Credentials credentials);

    /**
     * Converts a refusal by its status and body. Statuses with a common meaning ({@link ProviderHttp#defaultFailure}) need no handling; the message
     * contains the provider's message and nothing that we sent.
     */
    ProviderFailure refusal(HttpAnswer httpAnswer);

    /** Returns the time until which the provider accepts no further request, from the headers of a response with any status. */
    Optional<Instant> quietUntil(HttpAnswer httpAnswer, Instant now);
}
