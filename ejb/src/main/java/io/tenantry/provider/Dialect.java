package io.tenantry.provider;

import io.tenantry.outbound.Answer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What differs between the HTTP interfaces of vendors, for {@link VendorApi}. */
public interface Dialect {
    /** Headers of every request: who we are. */
    Map<String, String> headers(Credentials credentials);

    /**
     * A refusal in our words, from its status and body. What every vendor means alike ({@link VendorApi#usual}) need not be said again;
     * the vendor's words go into the message, nothing that we sent does.
     */
    ProviderFailure refusal(Answer answer);

    /** Until when the vendor wants no further request, told by the headers of an answer of whatever status. */
    Optional<Instant> quietUntil(Answer answer, Instant now);
}
