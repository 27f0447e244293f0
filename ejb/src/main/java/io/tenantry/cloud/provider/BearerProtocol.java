package io.tenantry.cloud.provider;

import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.kernel.http.HttpAnswer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A vendor that knows us by a token in a header, and whose refusals say in their body what they mean. */
public abstract class BearerProtocol implements ProviderProtocol {
    @Override
    public Map<String, String> headers(Credentials credentials) {
        return Map.of("Authorization", "Bearer " + credentials.token());
    }

    @Override
    public ProviderFailure refusal(HttpAnswer httpAnswer) {
        var words = said(httpAnswer);
        var usual = ProviderHttp.usual(httpAnswer, words);
        return meant(httpAnswer.status(), usual.reason(), words)
                .map(reason ->
                        new ProviderFailure(reason, String.valueOf(usual.getMessage()), usual.comeAgainIn(), null))
                .orElse(usual);
    }

    /** Of a vendor that says nothing: what it puts off is asked for later anyway. */
    @Override
    public Optional<Instant> quietUntil(HttpAnswer httpAnswer, Instant now) {
        return Optional.empty();
    }

    /** The vendor's words in a refusal; a body of another form has none. */
    protected abstract String words(JsonFields body);

    /**
     * What they mean, if they tell more than the status does.
     *
     * @param usual what nearly every vendor means by that status
     */
    protected abstract Optional<Reason> meant(int status, Reason usual, String words);

    /** A header that is a whole number, if there is such a one. */
    protected static Optional<Long> number(HttpAnswer httpAnswer, String header) {
        return httpAnswer
                .header(header)
                .filter(text -> text.matches("[0-9]{1,12}"))
                .map(Long::valueOf);
    }

    private String said(HttpAnswer httpAnswer) {
        try {
            return words(new JsonFields(ProviderHttp.lenient(httpAnswer)));
        } catch (ProviderFailure anotherForm) {
            return "";
        }
    }
}
