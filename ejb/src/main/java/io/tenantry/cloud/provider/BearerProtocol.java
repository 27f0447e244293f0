package io.tenantry.cloud.provider;

import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.kernel.http.HttpAnswer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A provider that authenticates by a bearer token and explains refusals in the response body. */
public abstract class BearerProtocol implements ProviderProtocol {
    @Override
    public Map<String, String> headers(Credentials credentials) {
        return Map.of("Authorization", "Bearer " + credentials.token());
    }

    @Override
    public ProviderFailure refusal(HttpAnswer httpAnswer) {
        var words = message(httpAnswer);
        var failure = ProviderHttp.defaultFailure(httpAnswer, words);
        return meant(httpAnswer.status(), failure.reason(), words)
                .map(reason ->
                        new ProviderFailure(reason, String.valueOf(failure.getMessage()), failure.comeAgainIn(), null))
                .orElse(failure);
    }

    /** Returns empty, for providers that do not report it: deferred requests are repeated later anyway. */
    @Override
    public Optional<Instant> quietUntil(HttpAnswer httpAnswer, Instant now) {
        return Optional.empty();
    }

    /** Returns the provider's message in a refusal; empty for a body of another format. */
    protected abstract String words(JsonFields body);

    /**
     * Returns the reason that the message implies, if it is more specific than the status.
     *
     * @param failure the usual reason for that status
     */
    protected abstract Optional<Reason> meant(int status, Reason failure, String words);

    /** Returns the value of a header, if it is an integer. */
    protected static Optional<Long> number(HttpAnswer httpAnswer, String header) {
        return httpAnswer
                .header(header)
                .filter(text -> text.matches("[0-9]{1,12}"))
                .map(Long::valueOf);
    }

    private String message(HttpAnswer httpAnswer) {
        try {
            return words(new JsonFields(ProviderHttp.lenient(httpAnswer)));
        } catch (ProviderFailure anotherForm) {
            return "";
        }
    }
}
