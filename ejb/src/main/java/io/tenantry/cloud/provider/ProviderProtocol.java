package io.tenantry.cloud.provider;

import io.tenantry.kernel.http.HttpAnswer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What differs between the HTTP interfaces of vendors, for {@link ProviderHttp}. */
public interface ProviderProtocol {
    /** Headers of every request: who we are. */
    Map<String, String> headers(Credentials credentials);

    /**
     * A refusal in our words, from its status and body. What every vendor means alike ({@link ProviderHttp#usual}) need not be said again;
     * the vendor's words go into the message, nothing that we sent does.
     */
    ProviderFailure refusal(HttpAnswer httpAnswer);

    /** Until when the vendor wants no further request, told by the headers of an answer of whatever status. */
    Optional<Instant> quietUntil(HttpAnswer httpAnswer, Instant now);
}
